"""The error summary: every error once, linked to its field, rows numbered."""

from django import forms
from django.template import Context, Template

from core.templatetags.forms import form_errors, formset_errors


class Contact(forms.Form):
    phone = forms.CharField(label="手机号", error_messages={"required": "请填写手机号。"})
    code = forms.CharField(label="申请号", error_messages={"required": "请填写，共 13 位。"})

    def clean(self):
        if self.cleaned_data.get("phone") == "1":
            raise forms.ValidationError("两次填写不一致。")


Contacts = forms.formset_factory(Contact, extra=0, min_num=2, validate_min=True)


def test_each_error_is_linked_and_its_field_is_named_once():
    assert form_errors(Contact({})) == [
        {"anchor": "id_phone", "message": "请填写手机号。"},
        {"anchor": "id_code", "message": "申请号：请填写，共 13 位。"},
    ]


def test_an_error_of_the_whole_form_has_no_anchor():
    assert form_errors(Contact({"phone": "1", "code": "2"})) == [{"anchor": "", "message": "两次填写不一致。"}]


def test_rows_are_numbered_and_their_fields_linked():
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-phone": "2", "form-0-code": "3"}
    errors = formset_errors(Contacts({**data, "form-1-phone": "2"}), "件")
    assert errors == [{"anchor": "id_form-1-code", "message": "第 2 件：申请号：请填写，共 13 位。"}]


def summary(*sources):
    source = "{% load forms %}{% error_summary a b %}"
    return Template(source).render(Context(dict(zip("ab", sources, strict=True)))).strip()


def test_the_summary_counts_all_forms_and_takes_the_focus():
    html = summary(Contact({}), Contact({"phone": "1", "code": "2"}))
    assert "有 3 处需要修改" in html
    assert 'role="alert" tabindex="-1" data-autofocus' in html
    assert '<a href="#id_phone">请填写手机号。</a>' in html
    assert "<li>两次填写不一致。</li>" in html


def test_nothing_is_written_when_there_is_nothing_to_mend():
    assert summary(Contact(), Contact({"phone": "2", "code": "3"})) == ""

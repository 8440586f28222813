# The platform in services mode: one image for web, worker, beat and migrate.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 DATA_DIR=/data
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /data --create-home jgs

COPY requirements.txt constraints.txt ./
RUN pip install -r requirements.txt -c constraints.txt
COPY . .
# Static files belong to the image, not to the volume: a new image never serves the sheets of an old one.
RUN DATA_DIR=/tmp/build STATIC_ROOT=/app/staticfiles python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build && mkdir -p /data && chown jgs /data

ENV STATIC_ROOT=/app/staticfiles
USER jgs
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "bin/healthy", "http://127.0.0.1:8000/healthz/ready"]
CMD ["python", "manage.py", "serve", "--no-worker", "--host", "0.0.0.0", "--port", "8000"]

# The service with the shipped disclosures. State lives in the volume /data.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/venv
COPY requirements.lock ./
RUN /opt/venv/bin/pip install --no-cache-dir -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY disclosure disclosure
COPY ingest ingest
COPY qa_service qa_service
COPY eval eval
COPY cli cli
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home budget-qa && install -d -o budget-qa /data
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY data data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BUDGET_QA_DATA_DIR=/data \
    BUDGET_QA_HOST=0.0.0.0 \
    BUDGET_QA_PORT=8000
USER budget-qa
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:' + __import__('os').environ['BUDGET_QA_PORT'] + '/healthz', timeout=4)"]
# Publishing is idempotent: what the volume holds already is not read again. Status 3: some files
# were refused, the rest is published.
CMD ["sh", "-c", "{ budget-qa ingest data/disclosures || test $? -eq 3; } && exec budget-qa serve"]

# The program on Debian 12 with its Python 3.11; packages by hash from requirements/run.txt.
FROM debian:bookworm-slim AS packages
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates && rm -rf /var/lib/apt/lists/*
COPY requirements/run.txt /srv/gumruk/requirements/run.txt
RUN python3 -m venv /srv/gumruk/.venv && /srv/gumruk/.venv/bin/pip install --no-cache-dir --require-hashes -r /srv/gumruk/requirements/run.txt

FROM packages AS pages
COPY . /srv/gumruk
WORKDIR /srv/gumruk
RUN .venv/bin/python scripts/compile_languages.py \
 && if [ -f scripts/assets.py ]; then .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/assets.txt && .venv/bin/python scripts/assets.py; fi \
 && rm -rf assets/node_modules

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /var/lib/gumruk gumruk
COPY --from=packages --chown=root:root /srv/gumruk/.venv /srv/gumruk/.venv
COPY --from=pages --chown=root:root /srv/gumruk/src /srv/gumruk/src
ENV PYTHONPATH=/srv/gumruk/src PATH=/srv/gumruk/.venv/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1
USER gumruk
WORKDIR /var/lib/gumruk
EXPOSE 8000
ENTRYPOINT ["python3", "-m", "gumruk.cli.main"]
CMD ["serve"]

# The daemon and its control program, without Postgres: set DATABASE_URL. (Its own embedded Postgres
# needs the package postgresql, which this image leaves out.)
#
#   docker build -t incidentd .
#   docker run -e DATABASE_URL -e SLACK_APP_TOKEN -e SLACK_BOT_TOKEN -v ./config:/etc/incidentd:ro incidentd

FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
	gcc libc6-dev cmake ninja-build pkg-config libwebsockets-dev libwebsockets-evlib-uv libuv1-dev \
	libcurl4-openssl-dev libcjson-dev libpq-dev libyaml-dev libmicrohttpd-dev libwslay-dev libssl-dev \
	&& rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cmake -G Ninja -B build -DBUILD_TESTING=OFF && cmake --build build --target incidentd incidentctl

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
	ca-certificates libwebsockets17 libwebsockets-evlib-uv libuv1 libcurl4 libcjson1 libpq5 \
	libyaml-0-2 libmicrohttpd12 libssl3 tzdata \
	&& rm -rf /var/lib/apt/lists/* \
	&& useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/incidentd \
		--shell /usr/sbin/nologin incidentd \
	&& install -d -o incidentd -g incidentd -m 0700 /var/lib/incidentd
COPY --from=build /src/build/bin/incidentd /src/build/bin/incidentctl /usr/local/bin/
COPY config/ /etc/incidentd/
ENV INCIDENTD_CONFIG=/etc/incidentd/incidentd.yml \
	INCIDENTD_DATA_DIR=/var/lib/incidentd \
	INCIDENTD_WEB_LISTEN=0.0.0.0:8080
USER 10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["bash", "-c", \
	"exec 3<>/dev/tcp/127.0.0.1/${INCIDENTD_WEB_LISTEN##*:} && printf 'GET /livez HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.[01] 200' <&3"]
ENTRYPOINT ["/usr/local/bin/incidentd"]
CMD ["run"]

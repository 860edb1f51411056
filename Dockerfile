# The bridge without the embedded broker, with only those parts of Java that it uses. bench/image.py follows these steps
# where no container engine runs, and reports size, start and memory.

# The jar is the same for every architecture, so it is built once, on that of the builder.
FROM --platform=$BUILDPLATFORM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /build
# Downloaded again only when pom.xml changes.
COPY pom.xml ./
RUN mvn -q -B dependency:go-offline
COPY src src
COPY config.json ./
RUN mvn -q -B package -DskipTests

FROM eclipse-temurin:17.0.19_10-jdk-noble AS java
COPY docker/java-modules /java-modules
# A missing list is an error of jlink.
# hadolint ignore=DL4006
RUN jlink --add-modules "$(grep -v '^#' /java-modules | paste -s -d ,)" --strip-java-debug-attributes \
      --no-header-files --no-man-pages --output /opt/java

FROM debian:bookworm-20251229-slim
LABEL org.opencontainers.image.title="printer2mqtt" \
      org.opencontainers.image.description="Live state of 3D printers for MQTT, Home Assistant, Node-RED and HTTP" \
      org.opencontainers.image.source="https://github.com/printer2mqtt/printer2mqtt" \
      org.opencontainers.image.licenses="Apache-2.0"
# libnss-mdns resolves names such as octopi.local through the host's Avahi, if its socket is mounted. A fixed release of
# Debian has one version of it.
# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install -y --no-install-recommends libnss-mdns && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin printer2mqtt && \
    install -d -o 10001 -g 10001 /data && \
    ln -s /app/bin/printer2mqtt /usr/local/bin/printer2mqtt
COPY --from=java /opt/java /opt/java
COPY bin/printer2mqtt docker/healthcheck /app/bin/
COPY --from=build /build/target/printer2mqtt-slim.jar /app/printer2mqtt.jar
ENV JAVA_HOME=/opt/java
# Last, because the JVM uses the archive only with this jar and this Java.
RUN /app/bin/printer2mqtt archive
ENV PRINTER2MQTT_HTTP_HOST=0.0.0.0 \
    PRINTER2MQTT_DATABASE_PATH=/data/printer2mqtt.db \
    PRINTER2MQTT_HEALTH_FILE=/tmp/printer2mqtt.health
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/app/bin/printer2mqtt"]
CMD ["run"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=2 CMD ["/app/bin/healthcheck"]

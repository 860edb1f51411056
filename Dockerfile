FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml .
RUN mvn -q -B dependency:go-offline
COPY src src
COPY config.json .
RUN mvn -q -B package -DskipTests

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --home-dir /data --create-home printer2mqtt
COPY bin/printer2mqtt /app/bin/printer2mqtt
# Without the embedded broker: in containers the broker is a container of its own.
COPY --from=build /build/target/printer2mqtt-slim.jar /app/printer2mqtt.jar
RUN /app/bin/printer2mqtt archive
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/app/bin/printer2mqtt"]
CMD ["run"]
HEALTHCHECK --interval=60s --timeout=10s --start-period=15s CMD ["/app/bin/printer2mqtt", "health"]

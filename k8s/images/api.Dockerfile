# The API and the pages. Build it from the root of the repository, after `mvn -pl query-api -am package`:
#   docker build -f k8s/images/api.Dockerfile -t nabz/query-api:0.1.0 .
FROM eclipse-temurin:17-jre-noble
COPY query-api/target/nabz-api.jar /opt/nabz/nabz-api.jar
RUN mkdir -p /var/lib/nabz && chown 10001:10001 /var/lib/nabz
ENV NABZ_DATA_DIR=/var/lib/nabz
EXPOSE 8080
USER 10001:10001
ENTRYPOINT ["java", "-jar", "/opt/nabz/nabz-api.jar"]

# The stream: the official Flink with the job's jar and the file system for checkpoints in an object store.
# Build it from the root of the repository, after `mvn -pl flink-jobs -am package`:
#   docker build -f k8s/images/job.Dockerfile -t nabz/flink-jobs:0.1.0 .
FROM flink:2.3.0-java17
# A plugin is loaded apart from the job. It is put in place here since the running container cannot write.
RUN mkdir -p /opt/flink/plugins/s3-fs-presto \
 && cp /opt/flink/opt/flink-s3-fs-presto-2.3.0.jar /opt/flink/plugins/s3-fs-presto/
COPY flink-jobs/target/nabz-job.jar /opt/nabz/nabz-job.jar
# flink, as the base image numbers it; a number, so that runAsNonRoot can be checked.
USER 9999:9999

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One machine of a {@link PatroniCluster}: a Patroni, and the PostgreSQL that it keeps. */
final class PatroniMember {

    private static final String CONFIGURATION = """
            scope: jobs
            name: %1$s
            restapi: {listen: '127.0.0.1:%3$d', connect_address: '127.0.0.1:%3$d'}
            etcd3: {hosts: '127.0.0.1:%4$d'}
            bootstrap:
              dcs:
                ttl: 20
                loop_wait: 5
                retry_timeout: 5
                synchronous_mode: true
                postgresql:
                  use_pg_rewind: true
                  parameters: {max_connections: 100, wal_log_hints: 'on', shared_buffers: 64MB}
              initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
            postgresql:
              listen: 127.0.0.1:%2$d
              connect_address: 127.0.0.1:%2$d
              data_dir: %5$s/data
              bin_dir: %6$s
              pgpass: %5$s/pgpass
              pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust']
              authentication:
                superuser: {username: postgres, password: unused}
                replication: {username: replicator, password: unused}
                rewind: {username: rewinder, password: unused}
              parameters: {unix_socket_directories: ''}
            """;

    private final PatroniCluster cluster;
    private final String name;
    private final Path folder;
    private final int port;
    private final int api;
    private Process patroni;

    PatroniMember(PatroniCluster cluster, String name, Path folder) throws IOException {
        this.cluster = cluster;
        this.name = name;
        this.folder = Files.createDirectory(folder);
        port = FreePort.next();
        api = FreePort.next();
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    int api() {
        return api;
    }

    /** Starts it, also again. */
    void begin() throws IOException {
        Path configuration = folder.resolve("patroni.yml");
        Files.writeString(
                configuration,
                CONFIGURATION.formatted(name, port, api, cluster.etcdPort(), folder, cluster.postgresPrograms()));
        cluster.own(folder);
        patroni = cluster.start(
                folder.resolve("log"),
                List.of("/usr/bin/python3", cluster.program("patroni"), configuration.toString()));
    }

    /** As when the machine loses its power. */
    void kill() {
        processes().forEach(ProcessHandle::destroyForcibly);
        processes().forEach(process -> process.onExit().join());
    }

    /** As when the machine stands still: whoever is connected hears nothing, not even an end. */
    void freeze() throws IOException, InterruptedException {
        for (ProcessHandle process : processes()) {
            new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    /** All there are: of the database those that it has begun, too. */
    private List<ProcessHandle> processes() {
        Stream<ProcessHandle> own = patroni == null ? Stream.empty() : Stream.of(patroni.toHandle());
        return Stream.concat(own, postmaster().flatMap(main -> Stream.concat(Stream.of(main), main.descendants())))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private Stream<ProcessHandle> postmaster() {
        try {
            Path file = folder.resolve("data/postmaster.pid");
            return Files.exists(file)
                    ? ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(file).get(0).strip()))
                            .stream()
                            .filter(process ->
                                    process.info().commandLine().orElse("").contains(folder.toString()))
                    : Stream.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

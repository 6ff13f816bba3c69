// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;

/**
 * Two PostgreSQLs on the loopback, of which Patroni makes one the first, and an etcd in which it keeps which one: from
 * Debian's packages, installed or unpacked in the folder that {@code -Dpatroni=DIR} names.
 */
final class PatroniCluster extends ExternalResource {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final String USER = "postgres";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PACKAGES = Path.of(System.getProperty("patroni", "/"));

    private final List<PatroniMember> members = new ArrayList<>();
    private Path folder;
    private int etcdPort;
    private Process etcd;

    @Override
    protected void before() throws Exception {
        folder = Files.createTempDirectory(
                "jobyard-patroni-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        etcdPort = FreePort.next();
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + FreePort.next();
        own(folder);
        etcd = start(
                folder.resolve("etcd.log"),
                List.of(
                        program("etcd"),
                        "--data-dir",
                        folder.resolve("etcd").toString(),
                        "--unsafe-no-fsync",
                        "--listen-client-urls",
                        client,
                        "--advertise-client-urls",
                        client,
                        "--listen-peer-urls",
                        peer,
                        "--initial-advertise-peer-urls",
                        peer,
                        "--initial-cluster",
                        "default=" + peer));
        for (int n = 1; n <= 2; n++) {
            members.add(new PatroniMember(this, "pg" + n, folder.resolve("pg" + n)));
            members.get(n - 1).begin();
        }
        awaitSound();
        try (Connection connection = connect("postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE jobyard LOGIN");
            statement.execute("CREATE DATABASE jobs OWNER jobyard");
        }
    }

    @Override
    protected void after() {
        members.forEach(PatroniMember::kill);
        if (etcd != null) {
            etcd.destroyForcibly();
        }
        try {
            Folder.empty(folder);
            Files.delete(folder);
        } catch (IOException e) {
            System.err.println(folder + " is left behind: " + e);
        }
    }

    /** To that database of the one that takes changes. */
    Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + addresses() + "/" + database + "?targetServerType=primary", user, "");
    }

    /** The addresses of both, as a URL has them. */
    String addresses() {
        return String.join(
                ",",
                members.stream().map(member -> "127.0.0.1:" + member.port()).toList());
    }

    /** The one that takes changes. */
    PatroniMember primary() {
        return members.stream()
                .filter(member -> roles().contains(member.name() + " leader running"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no leader among " + roles()));
    }

    /** Until one takes changes, and the other has all that it answered for. */
    void awaitSound() {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> roles().stream().anyMatch(role -> role.endsWith(" leader running"))
                        && roles().stream().anyMatch(role -> role.endsWith(" sync_standby streaming")));
    }

    /** What Patroni says of each of them, as one that answers tells it; none if none does. */
    List<String> roles() {
        for (PatroniMember member : members) {
            try {
                URLConnection asked = URI.create("http://127.0.0.1:" + member.api() + "/cluster")
                        .toURL()
                        .openConnection();
                asked.setConnectTimeout(1_000);
                asked.setReadTimeout(1_000);
                try (InputStream answer = asked.getInputStream()) {
                    List<String> roles = new ArrayList<>();
                    for (JsonNode each : JSON.readTree(answer).get("members")) {
                        roles.add(each.get("name").asText() + " "
                                + each.get("role").asText() + " "
                                + each.get("state").asText());
                    }
                    return roles;
                }
            } catch (IOException e) {
                continue; // the next one may know
            }
        }
        return List.of();
    }

    /** Where the PostgreSQL is that is installed. */
    Path postgresPrograms() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
        }
    }

    String program(String name) {
        return PACKAGES.resolve("usr/bin").resolve(name).toString();
    }

    /** Gives files to those who run as the database's user. */
    void own(Path files) throws IOException {
        if (isRoot()) {
            run(List.of("chown", "-R", USER, files.toString()));
        }
    }

    /** Begins a program, not as root, which PostgreSQL refuses to be. */
    Process start(Path log, List<String> command) throws IOException {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
        }
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .put(
                        "PYTHONPATH",
                        PACKAGES.resolve("usr/lib/python3/dist-packages").toString());
        return builder.start();
    }

    private static void run(List<String> command) throws IOException {
        try {
            if (new ProcessBuilder(command).start().waitFor() != 0) {
                throw new IOException(command + " failed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    int etcdPort() {
        return etcdPort;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the benchmark's own with the settings that a new cluster has, which force every commit. It
 * listens on the loopback only and ends with the benchmark.
 */
final class Postgres implements Databases, Closeable {

    static final String USER = "bench";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    /** The server refuses to run as root. */
    private static final String SERVER_USER = "postgres";

    private final Path programs;
    private final Path directory;
    private final String password = UUID.randomUUID().toString();
    private final int port;
    private final Thread stopper = new Thread(this::stopQuietly, "stop-postgres");
    private int created;

    private Postgres(Path programs, Path directory) throws IOException {
        this.programs = programs;
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    /** Starts one; empty if none is installed. */
    static Optional<Postgres> start(Path directory) throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        Postgres postgres = new Postgres(programs.get(), directory);
        postgres.start();
        return Optional.of(postgres);
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(":")) {
            folders.add(Path.of(folder));
        }
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            }
        }
        return folders.stream()
                .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                .findFirst();
    }

    private void start() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path secret = Files.writeString(directory.resolve("password"), password);
        if (isRoot()) {
            run("chown", "-R", SERVER_USER, directory.toString());
        }
        serverProgram("initdb", "-U", USER, "-A", "scram-sha-256", "--pwfile=" + secret, "-D", data());
        Files.delete(secret);
        String options = "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories=''";
        serverProgram(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data(),
                "-l",
                directory.resolve("log").toString(),
                "-o",
                options);
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void serverProgram(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", SERVER_USER, "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path output = directory.resolveSibling("postgres-output.txt"); // a file: the server would keep a pipe open
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(output)
                    + (isRoot() ? "as user " + SERVER_USER + ", who must be able to reach " + directory : ""));
        }
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public Empty create() throws SQLException {
        String name = "bench" + ++created;
        administer("CREATE DATABASE " + name, "CHECKPOINT");
        return new Empty(url(name), password, () -> usage(name), () -> {
            try {
                administer("DROP DATABASE " + name + " WITH (FORCE)");
            } catch (SQLException e) {
                throw new IOException("cannot drop " + name, e);
            }
        });
    }

    private Usage usage(String name) throws SQLException, IOException {
        long server = Long.parseLong(
                Files.readAllLines(Path.of(data(), "postmaster.pid")).get(0).strip());
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn, pg_database_size('" + name + "')")) {
            row.next();
            return new Usage(Usage.cpuSeconds(server), row.getLong(1), row.getLong(2));
        }
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    private void administer(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void stopQuietly() {
        try {
            serverProgram("pg_ctl", "stop", "-w", "-m", "fast", "-D", data());
        } catch (IOException e) {
            System.err.println("PostgreSQL may be left behind: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopper);
        stopQuietly();
    }
}

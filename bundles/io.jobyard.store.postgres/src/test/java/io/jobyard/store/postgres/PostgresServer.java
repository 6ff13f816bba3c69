// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own, on the loopback: the one that is installed, else the one that Maven brought. It
 * refuses to run as root, so root starts it as another user. It forces nothing to the disk, knows when each transaction was
 * committed, and ends with this process.
 */
public final class PostgresServer {

    public static final String USER = "jobs";

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String EMBEDDED = "/postgres-linux-x86_64.txz";
    /** A process of the one that was killed may not have ended yet; each try takes some tenths of a second. */
    private static final int MOST_TRIES = 50;

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    private final Path folder;
    private final Path programs;
    private final int port;
    private final String password = UUID.randomUUID().toString();

    private PostgresServer() throws IOException {
        folder = Files.createTempDirectory(
                "jobyard-postgres-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        programs = programs();
        port = FreePort.next();
    }

    /** The one that all tests of this process share. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** Another one, for a test that ends it. */
    public static PostgresServer start() {
        try {
            PostgresServer server = new PostgresServer();
            Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
            server.make();
            server.begin();
            server.execute("ALTER ROLE " + USER + " PASSWORD '" + ScramVerifier.of(server.password) + "'");
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not start", e);
        }
    }

    private void make() throws IOException {
        Path secret = Files.writeString(folder.resolve("password"), password);
        if (isRoot()) {
            call("chown", "-R", user(), folder.toString());
        }
        call(asUser(
                "initdb",
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + secret,
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync",
                "-D",
                data()));
    }

    /** Starts it, again after {@link #end} or {@link #kill}. */
    public void begin() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                startOnce();
                return;
            } catch (IOException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private void startOnce() throws IOException {
        String options = "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories=''"
                + " -c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=200"
                + " -c track_commit_timestamp=on";
        call(asUser(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data(),
                "-l",
                folder.resolve("log").toString(),
                "-o",
                options));
    }

    /** Ends it: {@code fast} in order, {@code immediate} as a crash does. */
    public void end(String how) throws IOException {
        call(asUser("pg_ctl", "stop", "-w", "-m", how, "-D", data()));
    }

    /** kill -9 of its main process, at which all others of it end by themselves. {@link #begin} waits for them. */
    public void kill() throws IOException {
        long main = Long.parseLong(
                Files.readAllLines(Path.of(data(), "postmaster.pid")).get(0).strip());
        ProcessHandle process = ProcessHandle.of(main).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private void remove() {
        try {
            end("immediate");
            call("rm", "-r", folder.toString());
        } catch (IOException e) {
            System.err.println("a PostgreSQL server may be left behind in " + folder + ": " + e);
        }
    }

    /** On the loopback. */
    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    /** Makes an empty schema; a URL that leads to it. */
    public String newSchema() {
        String name = "s" + SCHEMAS.incrementAndGet();
        execute("CREATE SCHEMA " + name);
        return url() + "?currentSchema=" + name;
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Runs a statement in no schema of a store. */
    public void execute(String sql) {
        try (Connection connection = connect(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection of its own. */
    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, password);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Path programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String each : System.getenv("PATH").split(":")) {
            folders.add(Path.of(each));
        }
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            }
        }
        for (Path each : folders) {
            if (Files.isExecutable(each.resolve("initdb"))) {
                return each;
            }
        }
        return unpack();
    }

    private Path unpack() throws IOException {
        try (InputStream archive = PostgresServer.class.getResourceAsStream(EMBEDDED)) {
            if (archive == null) {
                throw new IOException("no PostgreSQL is installed, and Maven brought none for this machine:"
                        + " install one, such as Debian's package postgresql");
            }
            Files.copy(archive, folder.resolve("programs.txz"));
        }
        call("tar", "-xJf", folder.resolve("programs.txz").toString(), "-C", folder.toString());
        return folder.resolve("bin");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String user() throws IOException {
        return Files.readString(Path.of("/etc/passwd")).contains("\npostgres:") ? "postgres" : "nobody";
    }

    private String[] asUser(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", user(), "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private void call(String... command) throws IOException {
        Path output = Files.createTempFile("jobyard-postgres-", ".txt"); // a file: the server would keep a pipe open
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}

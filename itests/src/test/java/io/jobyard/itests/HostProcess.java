// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.launcher.ShellSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.rules.ExternalResource;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * An instance of its own for one test, and {@code bin/jobyard} on it. Whatever the test does, no process stays behind. Of the
 * instance of a test that passed only the log stays; a rule of a class cannot see a failure.
 */
final class HostProcess extends ExternalResource {

    static final Path INSTANCES =
            Path.of(System.getProperty("instances", "target/instances")).toAbsolutePath();
    private static final long SECONDS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How long a test waits for what takes a moment on an idle machine. */
    static final Duration TIMEOUT = Duration.ofMinutes(3);

    static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path program;
    private final Path given;
    private Path instance = INSTANCES;
    private boolean hasExamples;
    private SmallDisk disk;

    HostProcess() {
        this(Program.HOME);
    }

    /** Of another program than the one that the build made. */
    HostProcess(Path program) {
        this(program, null);
    }

    private HostProcess(Path program, Path given) {
        this.program = program;
        this.given = given;
    }

    /** On an instance that is there already. */
    static HostProcess of(Path instance) {
        return new HostProcess(Program.HOME, instance.toAbsolutePath());
    }

    /** With the job types of the tutorials in {@code deploy/}, which the others than {@code echo} are. */
    HostProcess withExamples() {
        hasExamples = true;
        return this;
    }

    /** Without a failure nobody looks at its store again, and the stores of all tests fill a disk. */
    @Override
    public Statement apply(Statement base, Description test) {
        Statement whole = super.apply(base, test);
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                whole.evaluate();
                Folder.empty(instance, "data/log");
            }
        };
    }

    @Override
    protected void before() throws IOException {
        Files.createDirectories(INSTANCES);
        instance = given == null ? Files.createTempDirectory(INSTANCES, "i") : given;
        if (hasExamples) {
            Path deploy = Files.createDirectories(instance.resolve("deploy"), PRIVATE);
            Files.copy(Program.EXAMPLES, deploy.resolve(Program.EXAMPLES.getFileName()));
        }
    }

    @Override
    protected void after() {
        ProcessHandle.allProcesses() // also one whose file with its number is on a disk that is gone
                .filter(process -> process.info().commandLine().orElse("").contains(instance.toString()))
                .filter(process ->
                        process.descendants().noneMatch(ProcessHandle.current()::equals)) // Maven's names it too
                .forEach(host -> {
                    host.destroyForcibly();
                    host.onExit().join();
                });
    }

    Path instance() {
        return instance;
    }

    /** From now on it and its commands see that disk. */
    void on(SmallDisk smallDisk) {
        disk = smallDisk;
    }

    private Path seen(String file) {
        Path path = instance.resolve(file);
        return disk == null ? path : disk.seen(path);
    }

    String log() throws IOException {
        return Files.readString(seen("data/log/jobyard.log"));
    }

    /** How much its store takes on the disk. */
    long storedBytes() throws IOException {
        try (Stream<Path> files = Files.walk(Database.own(instance.resolve("data")))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    void start() throws IOException, InterruptedException {
        Outcome started = jobyard("start");
        assertThat(started.exit()).as(started.err()).isZero();
    }

    /** Starts it as a child of the test, without a launcher's process beside it; returns once it says that it takes jobs. */
    void run() throws IOException {
        Process host = begin("run");
        Path said = said();
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !host.isAlive() || Files.readString(said).contains("takes jobs"));
        assertThat(host.isAlive()).as(Files.readString(said)).isTrue();
    }

    /** Calls {@code bin/jobyard} and does not wait for it. */
    Process begin(String command) throws IOException {
        return command(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said().toFile())
                .start();
    }

    private Path said() {
        return instance.resolve("said.txt");
    }

    /** Stops it in order. */
    void stop() throws IOException, InterruptedException {
        Outcome stopped = jobyard("stop");
        assertThat(stopped.exit()).as(stopped.err()).isZero();
    }

    /** Writes a file of {@code etc/} at once, as a careful administrator does. */
    void configure(String pid, String... lines) throws IOException {
        Path file = Files.createDirectories(instance.resolve("etc"), PRIVATE).resolve(pid + ".cfg");
        Path next = Files.write(instance.resolve(pid + ".next"), List.of(lines));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** All hosts of a database seal by one key, which the first one makes. */
    void takeKey(HostProcess first) throws IOException {
        if (first != this) {
            Files.createDirectories(Checker.key(instance).getParent(), PRIVATE);
            Files.copy(Checker.key(first.instance), Checker.key(instance), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Puts a backup in the place of the store, as an administrator does while the host is down. */
    void restore(Path backup) throws IOException {
        Path data = Files.createDirectories(instance.resolve("data"));
        try (Stream<Path> files = Files.walk(Database.own(backup))) {
            for (Path file : files.toList()) {
                Files.copy(file, data.resolve(backup.relativize(file)));
            }
        }
    }

    /** Waits until the host is no more, by whoever's hand. */
    void awaitEnd() {
        await().atMost(TIMEOUT).until(() -> process().isEmpty());
    }

    /** What a command that prints one JSON document printed. */
    JsonNode json(String command) throws IOException, InterruptedException {
        Outcome outcome = disk == null ? call(command + " --json") : jobyard("shell", command + " --json");
        assertThat(outcome.err()).as(command).isEmpty();
        return JSON.readTree(outcome.out());
    }

    /** Without a process for the client, of which tests start thousands. */
    Outcome call(String command) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicInteger exit = new AtomicInteger();
        Thread client = new Thread(() -> exit.set(ShellSession.call(instance, command, out, err)), "client");
        client.setDaemon(true);
        client.start();
        client.join(Duration.ofSeconds(SECONDS).toMillis());
        assertThat(client.isAlive())
                .as(() -> "no answer to " + command + " from a host that does this: " + threads())
                .isFalse();
        return new Outcome(exit.get(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The stacks of the host's own threads and the end of its log, on one line, as reports of tests cut the others off. */
    private String threads() {
        try {
            List<String> own = Stream.of(threadDump().split("\n\n"))
                    .filter(thread -> thread.contains("io.jobyard") || thread.contains("deadlock"))
                    .map(thread -> thread.lines().limit(20).map(String::strip).collect(Collectors.joining(" | ")))
                    .toList();
            List<String> log = log().lines().toList();
            return own + " and says: " + log.subList(Math.max(0, log.size() - 20), log.size());
        } catch (IOException | InterruptedException | RuntimeException e) {
            return e.toString();
        }
    }

    private String threadDump() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String pid = String.valueOf(process().orElseThrow().pid());
        return run(new ProcessBuilder(jcmd.toString(), pid, "Thread.print")).out();
    }

    Set<String> threadNames() throws IOException, InterruptedException {
        return Pattern.compile("^\"([^\"]+)\"", Pattern.MULTILINE)
                .matcher(threadDump())
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
    }

    /** What many such commands printed, in one session. */
    List<JsonNode> json(List<String> commands) throws IOException, InterruptedException {
        Path script = Files.write(
                Files.createTempFile(INSTANCES, "in", ".txt"),
                commands.stream().map(command -> command + " --json").toList());
        Outcome outcome = run(command("shell").redirectInput(script.toFile()));
        Files.delete(script);
        List<JsonNode> documents = new ArrayList<>();
        JSON.readerFor(JsonNode.class).<JsonNode>readValues(outcome.out()).forEachRemaining(documents::add);
        assertThat(documents).as(outcome.err()).hasSameSizeAs(commands);
        return documents;
    }

    Dialogue dialogue() throws IOException {
        return new Dialogue(instance);
    }

    /** kill -9. */
    void kill() {
        process().ifPresent(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    /** What one call of {@code bin/jobyard} on the instance did. */
    Outcome jobyard(String... arguments) throws IOException, InterruptedException {
        return run(command(arguments).redirectInput(Path.of("/dev/null").toFile()));
    }

    /** The same with a file as standard input. */
    Outcome jobyard(Path input, String... arguments) throws IOException, InterruptedException {
        return run(command(arguments).redirectInput(input.toFile()));
    }

    /** The same with more in its environment. */
    Outcome jobyard(Map<String, String> environment, String command, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                command(Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new));
        builder.environment().putAll(environment);
        return run(builder.redirectInput(Path.of("/dev/null").toFile()));
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(disk == null ? List.of() : disk.entrance());
        command.add(program.resolve("bin/jobyard").toString());
        command.addAll(List.of("--instance", instance.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile(INSTANCES, "out", ".txt");
        Path err = Files.createTempFile(INSTANCES, "err", ".txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(
                    builder.command() + " did not end: " + Files.readString(out) + Files.readString(err));
        }
        Outcome outcome = new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return outcome;
    }

    /** The host, while it lives. */
    Optional<ProcessHandle> process() {
        Path file = seen("data/jobyard.pid");
        try {
            String number = Files.exists(file) ? Files.readString(file).strip() : "";
            return number.isEmpty() // a host that begins, or was killed there
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(number)).filter(this::isOurs);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The number in the file may by now be another's. */
    private boolean isOurs(ProcessHandle process) {
        Path proc = Path.of("/proc/" + process.pid());
        try {
            String command = Files.readString(proc.resolve("cmdline"));
            return command.isEmpty() ? isEnding(proc) : command.contains(instance.toString());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A process that ends loses its command line first, and lets its files and locks go when its last thread ends. After that
     * it may stay for a while as a zombie (proc(5), stat: state and num_threads).
     */
    private static boolean isEnding(Path proc) throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return !(fields[0].equals("Z") && fields[17].equals("1"));
    }

    record Outcome(int exit, String out, String err) {}
}

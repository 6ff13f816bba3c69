// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.HostProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

public class LauncherIT {

    private static final Pattern THREAD_NAME = Pattern.compile("`(jobyard-[a-z-]+-(?:\\d+|N))`");

    /** It runs all the time; what its start said is looked at by tests. */
    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    @Rule
    public final HostProcess host = new HostProcess();

    private static Path own;
    private static Outcome refused;

    @BeforeClass
    public static void start() throws Exception {
        refused = HOST.jobyard(Map.of("JAVA_OPTS", "-Xmx1x"), "start");
        own = Files.createDirectories(HOST.instance().resolve("etc"), HostProcess.PRIVATE)
                .resolve("io.jobyard.worker.cfg");
        Files.writeString(own, "worker.threads = 2\n");
        Outcome started = HOST.jobyard(Map.of("JAVA_OPTS", "-XX:+UseSerialGC"), "start");
        assertThat(started.exit()).as(started.err()).isZero();
    }

    @Test
    public void startsAndStopsLeavingNothingAlsoAfterACrash() throws Exception {
        Outcome started = host.jobyard("start");
        assertThat(started.err()).isEmpty();
        assertThat(started.exit()).isZero();
        assertThat(started.out()).contains("takes jobs after", host.instance().toString(), "shell");
        ProcessHandle process = host.process().orElseThrow();

        JsonNode status = status();
        assertThat(status.get("state").asText()).isEqualTo("running");
        assertThat(status.get("pid").asLong()).isEqualTo(process.pid());
        assertThat(status.get("instance").asText()).isEqualTo(host.instance().toString());
        assertThat(status.get("since").asText()).endsWith("Z");

        startsAgainAfterACrash(process);

        Outcome stopped = host.jobyard("stop");
        assertThat(stopped).isEqualTo(new Outcome(0, "", ""));
        assertThat(host.process()).isEmpty();
        assertThat(status().get("state").asText()).isEqualTo("stopped");
        assertThat(Files.readAllLines(host.instance().resolve("data/log/jobyard.log")))
                .satisfiesOnlyOnce(line -> assertThat(line)
                        .contains(" takes jobs: ", ":" + process.pid() + " java=")
                        .endsWith(" directory=" + host.instance()))
                .satisfiesOnlyOnce(line -> assertThat(line).contains("Shell stopped: "))
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .noneMatch(line -> line.contains("hikari") || line.contains(".PersistenceBundleTracker "));
        try (var left = Files.list(host.instance().resolve("data"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains("sock"));
        }
    }

    private void startsAgainAfterACrash(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().join();
        assertThat(status().get("state").asText()).isEqualTo("stopped");
        assertThat(host.jobyard("start").exit()).isZero();
        assertThat(host.process().orElseThrow().pid()).isNotEqualTo(process.pid());
    }

    @Test
    public void aHostHasTheExamplesOnceTheyAreInstalled() throws Exception {
        assertThat(HOST.json("job:handlers").findValuesAsText("type"))
                .contains("echo")
                .doesNotContain("approval", "crash", "flaky", "sleep", "stubborn", "total");
        Path jar = HOST.instance().resolve("deploy").resolve(Program.EXAMPLES.getFileName());
        String installed = "approval, crash, flaky, sleep, stubborn, total (" + jar + ")\n";
        assertThat(HOST.jobyard("install", "examples")).isEqualTo(new Outcome(0, "installed " + installed, ""));
        Outcome wrong = HOST.jobyard("submit", "sleep", "{}");
        assertThat(wrong.err()).as("it is there when the command is done").contains("millis is required");
        JsonNode slept = HOST.json("job:submit sleep {\"millis\":1} --await");
        assertThat(slept.get("status").asText()).isEqualTo("completed");
        assertThat(HOST.jobyard("install", "examples"))
                .isEqualTo(new Outcome(0, "already installed: " + installed, ""));
    }

    @Test
    public void refusesASecondStart() throws Exception {
        for (String command : List.of("start", "run")) {
            Outcome second = HOST.jobyard(command);
            assertOneLine(second, "a host already runs on " + HOST.instance());
        }
        assertThat(HOST.jobyard("status").exit()).isZero();
    }

    @Test
    public void hasTheThreadsOfTheArchitecturePage() throws Exception {
        String page = Files.readString(Path.of("../docs/explanation/architecture.md"));
        int always = page.indexOf("### Threads of every host");
        int sometimes = page.indexOf("### Threads that a host has while it needs them");
        assertThat(sometimes).isGreaterThan(always).isPositive();
        Set<String> named = THREAD_NAME
                .matcher(page.substring(always))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        Set<String> running = HOST.threadNames().stream()
                .filter(name -> name.startsWith("jobyard-"))
                .map(name -> named.contains(name) ? name : name.replaceFirst("\\d+$", "N"))
                .collect(Collectors.toSet());
        assertThat(named).containsAll(running);
        assertThat(THREAD_NAME.matcher(page.substring(always, sometimes)).results())
                .extracting(name -> name.group(1))
                .hasSizeGreaterThan(20)
                .isSubsetOf(running);
    }

    @Test
    public void takesCommandsAsWords() throws Exception {
        String type = "a_type_of_a_name_that_is_longer_than_any_table_of_eighty_columns_could_ever_show_whole";
        assertThat(HOST.jobyard("submit", type, "{}").exit()).isZero();
        Outcome list = HOST.jobyard("list", "--type", type);
        assertThat(list.out()).contains(type, "1 job;").doesNotContain("…");
        assertThat(HOST.jobyard("shell", "job:list --type " + type)).isEqualTo(list);
        assertThat(HOST.jobyard("job:list", "--type", type)).isEqualTo(list);
        assertOneLine(HOST.jobyard("list", "--limit", "x"), "--limit");
        assertOneLine(HOST.jobyard("lsit"), "did you mean 'list'?");
        Outcome help = HOST.jobyard("help");
        assertThat(help).isEqualTo(HOST.jobyard("--help"));
        assertThat(help.out()).contains("  start ", "  submit ");
        assertThat(HOST.jobyard("help", "list")).isEqualTo(HOST.jobyard("list", "--help"));
    }

    @Test
    public void passesArgumentsOnAsTheyAre() throws Exception {
        String text = " it's \"$HOME\" $(list) ${x} a|b;c & ~ * {} # \\";
        JsonNode payload =
                new ObjectMapper().createObjectNode().put("text", text).put("", "");
        Outcome done = HOST.jobyard("submit", "echo", payload.toString(), "--label", "l=" + text, "--await", "--json");
        JsonNode job = new ObjectMapper().readTree(done.out());
        assertThat(job.get("result")).isEqualTo(payload);
        assertThat(job.at("/labels/l").asText()).isEqualTo(text);
        Path file = Files.writeString(HOST.instance().resolve("payload.json"), payload.toString());
        Outcome read = HostProcess.run(new ProcessBuilder(
                        Program.HOME.resolve("bin/jobyard").toString(),
                        "submit",
                        "echo",
                        "--file",
                        "-",
                        "--await",
                        "--json",
                        "--instance",
                        HOST.instance().toString())
                .redirectInput(file.toFile()));
        assertThat(new ObjectMapper().readTree(read.out()).get("result")).isEqualTo(payload);
    }

    @Test
    public void aStopFindsNothingToDoWhereNoHostRunsAndOthersSaySoInOneLine() throws Exception {
        Outcome stop = host.jobyard("stop");
        assertThat(stop.exit()).as(stop.err()).isZero();
        assertThat(stop.out()).isEqualTo("no host runs on " + host.instance() + ": nothing to stop\n");
        assertOneLine(host.jobyard("shell", "job:stats"), "no host runs on " + host.instance());
        assertOneLine(host.jobyard("stats"), "no host runs on " + host.instance());
        assertThat(host.jobyard("status").exit()).isEqualTo(1);
    }

    @Test
    public void saysInOneLineWhatIsWrongWithTheCommandLine() throws Exception {
        assertOneLine(host.jobyard("jump"), "jump");
        assertOneLine(host.jobyard("start", "--fast"), "--fast");
        assertOneLine(host.jobyard("status", "--instance"), "--instance");
    }

    @Test
    public void refusesAnOldJavaInOneLine() throws Exception {
        Path java = Files.createDirectories(host.instance().resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder =
                new ProcessBuilder(Program.HOME.resolve("bin/jobyard").toString(), "version");
        builder.environment().put("JAVA_HOME", java.getParent().getParent().toString());
        assertOneLine(HostProcess.run(builder), "Java 17");
    }

    @Test
    public void saysWhatJavaSaysOfItsOptionsAndLeavesTheCollectorToWhoeverNamesOne() throws Exception {
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .startsWith("jobyard: the host did not start: Invalid maximum heap size: -Xmx1x; Error: ");
        String commandLine = HOST.process().orElseThrow().info().commandLine().orElseThrow();
        assertThat(commandLine).contains("-XX:+UseSerialGC").doesNotContain("-XX:+UseG1GC");
    }

    @Test
    public void runsThroughALinkFromAnyDirectory() throws Exception {
        Path link = Files.createSymbolicLink(host.instance().resolve("jy"), Program.HOME.resolve("bin/jobyard"));
        Outcome version = HostProcess.run(new ProcessBuilder(link.toString(), "version")
                .directory(Path.of("/").toFile()));
        assertThat(version.exit()).isZero();
        assertThat(version.out()).startsWith("Jobyard ");
    }

    @Test
    public void keepsAnAdministratorsFileAndMakesTheOthers() throws Exception {
        assertThat(own).hasContent("worker.threads = 2");
        assertThat(HOST.instance().resolve("etc/io.jobyard.queue.cfg")).exists();
        assertThat(HOST.jobyard("config", "worker").out())
                .containsPattern("worker\\.threads +2 +etc/io\\.jobyard\\.worker\\.cfg\n")
                .containsPattern("cancel\\.grace\\.seconds +10 +default\n");
    }

    @Test
    public void listensNowhere() throws Exception {
        String pid = Long.toString(HOST.process().orElseThrow().pid());
        Outcome sockets = HostProcess.run(new ProcessBuilder("ss", "-H", "-l", "-t", "-u", "-n", "-p"));
        assertThat(sockets.exit()).isZero();
        assertThat(sockets.out()).doesNotContain("pid=" + pid + ",");
    }

    private JsonNode status() throws Exception {
        return new ObjectMapper().readTree(host.jobyard("status", "--json").out());
    }

    private static void assertOneLine(Outcome outcome, String part) {
        assertThat(outcome.exit()).isBetween(1, 2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(part);
        assertThat(outcome.err().lines()).hasSize(1);
    }
}

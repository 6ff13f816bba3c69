// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Whole hosts and real processes: none outlasts its run, nor the next start of a host that was killed. */
public class CommandIT {

    private static final String PID = "io.jobyard.exec.commands-";

    @Rule
    public final HostProcess host = new HostProcess();

    @Rule
    public final HostProcess neighbour = new HostProcess();

    @Before
    public void configure() throws IOException {
        for (HostProcess each : new HostProcess[] {host, neighbour}) {
            each.configure(PID + "print", "command = [\"/usr/bin/printf\", \"%s|\", \"${text}\", \"<${text}>\"]");
            each.configure(
                    PID + "nest",
                    "command = [\"/bin/sh\", \"-c\", \"( setsid nohup sleep ${seconds} & ) ; sh -c 'trap : TERM; sleep"
                            + " ${seconds} & wait; wait' & sleep ${seconds}\"]");
        }
    }

    @After
    public void end() {
        Stream.of(host, neighbour).flatMap(each -> children(each).stream()).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    public void anArrayFromAFileRunsWithoutAShellAndACancelEndsAllItsProcesses() throws Exception {
        host.run();
        JsonNode done = host.json(
                "job:submit command '{\"command\":\"print\",\"arguments\":{\"text\":\"a;b $(id) | *\"}}' --await");
        assertThat(done.at("/result/stdout").asText()).as(done.toString()).isEqualTo("a;b $(id) | *|<a;b $(id) | *>|");

        JsonNode gone = host.json("job:submit command '{\"command\":\"rm\"}' --await");
        assertThat(gone.get("error").asText()).startsWith("unknown command rm; write etc/" + PID + "rm.cfg with");
        assertThat(host.log()).doesNotContain("a;b");

        String id = nest(host);
        Set<ProcessHandle> tree = children(host);
        host.json("job:cancel " + id);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(tree).noneMatch(CommandIT::isRunning));
    }

    @Test
    @Category(Storm.class)
    public void whatAKilledHostHasLeftEndsAtItsNextStartAndNothingOfANeighbours() throws Exception {
        Files.writeString(host.instance().resolve("etc/io.jobyard.scheduler.cfg"), "default.timeout.seconds = 3600\n");
        host.run();
        neighbour.run();
        nest(host);
        nest(neighbour);
        Set<ProcessHandle> orphans = children(host);
        Set<ProcessHandle> others = children(neighbour);

        host.kill();
        assertThat(orphans).allMatch(ProcessHandle::isAlive);
        host.run();

        assertThat(host.log()).contains("command processes that outlived their host");
        assertThat(orphans).noneMatch(CommandIT::isRunning);
        assertThat(others).hasSizeGreaterThanOrEqualTo(4).allMatch(CommandIT::isRunning);

        String id = host.json("job:list --type command").at("/jobs/0/id").asText();
        await().atMost(TIMEOUT).until(() -> children(host).size() >= 4);
        Set<ProcessHandle> again = children(host);
        host.json("job:cancel " + id);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(again).noneMatch(CommandIT::isRunning));

        neighbour.stop();
        assertThat(others).noneMatch(CommandIT::isRunning);
    }

    /** Begins a job with a tree of processes, some of them in sessions of their own or deaf to TERM. */
    private static String nest(HostProcess where) throws Exception {
        String id = where.json("job:submit command '{\"command\":\"nest\",\"arguments\":{\"seconds\":\"1000\"}}'")
                .get("id")
                .asText();
        await().atMost(TIMEOUT).until(() -> children(where).size() >= 4);
        return id;
    }

    /** The processes that the commands of a host's instance have begun, as the host itself does not find them: by HOME. */
    private static Set<ProcessHandle> children(HostProcess of) {
        String home = "\0HOME=" + of.instance().resolve("data/exec");
        return ProcessHandle.allProcesses()
                .filter(process -> environment(process).contains(home))
                .filter(CommandIT::isRunning)
                .collect(Collectors.toSet());
    }

    private static String environment(ProcessHandle process) {
        try {
            return "\0" + Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
        } catch (IOException e) {
            return "";
        }
    }

    /** One that has ended is a zombie as long as nobody asks about it. */
    private static boolean isRunning(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return process.isAlive() && !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }
}

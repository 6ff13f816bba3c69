// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.faults.Deed;
import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import io.jobyard.itests.faults.Step;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A host stands still for longer than its lease when it has asked whether it may commit, and has not committed. */
@Category(Storm.class)
public class CommitStandstillIT {

    @Rule
    public final HostProcess one;

    @Rule
    public final HostProcess two;

    private final PostgresServer server = PostgresServer.shared();
    private SharedHost leader;
    private SharedHost other;

    public CommitStandstillIT() throws Exception {
        Path program = FaultyProgram.make();
        one = new HostProcess(program);
        two = new HostProcess(program);
    }

    @Before
    public void start() throws Exception {
        String url = server.newSchema();
        leader = SharedHost.of(one, server, url, "");
        other = SharedHost.of(two, server, url, "");
        one.run();
        two.takeKey(one);
        two.run();
    }

    @After
    public void close() throws Exception {
        leader.proxy().close();
        other.proxy().close();
    }

    @Test
    public void itsOutcomeIsRefusedAndTheNextRunOnAnotherHostCounts() throws Exception {
        List<FaultFile> faults = List.of(new FaultFile(one.instance()), new FaultFile(two.instance()));
        for (FaultFile fault : faults) {
            fault.set(new Point(Deed.OUTCOME, Step.SENT), Mode.STOP);
        }
        String id = submit("noted {\"file\":\"" + Checker.notes(one.instance()) + "\",\"millis\":10}");
        await().atMost(TIMEOUT).until(() -> faults.stream().anyMatch(FaultFile::hasStruck));
        boolean isLeader = faults.get(0).hasStruck();
        SharedHost struck = isLeader ? leader : other;
        SharedHost living = isLeader ? other : leader;
        assertThat(faults.get(isLeader ? 1 : 0).takeBack()).isTrue();

        JsonNode ended = living.process().json("job:await " + id + " 60");
        assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("completed");
        assertThat(ended.get("run").asInt()).isEqualTo(2);

        Signal.CONT.send(struck.pid());
        struck.process().awaitEnd();
        assertThat(moves(living, id)).containsExactly("queued", "running", "queued", "running", "completed");
        assertThat(living.process().json("job:result " + id).toString()).contains("\"run\":2");
    }

    @Test
    public void aLeadersStartIsRefusedAndTheNextLeaderStartsTheJobOnce() throws Exception {
        new FaultFile(one.instance()).set(new Point(Deed.START, Step.SENT), Mode.STOP);
        String id = two.json("job:submit echo {}").get("id").asText();
        await().atMost(TIMEOUT).until(new FaultFile(one.instance())::hasStruck);

        JsonNode ended = two.json("job:await " + id + " 60");
        assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("completed");
        await().atMost(TIMEOUT).until(() -> two.json("job:hosts").get("hosts").size() == 1);

        Signal.CONT.send(leader.pid());
        one.awaitEnd();
        assertThat(moves(other, id)).containsExactly("queued", "running", "completed");
    }

    private String submit(String job) throws Exception {
        return one.json("job:submit " + job).get("id").asText();
    }

    private static List<String> moves(SharedHost host, String id) throws Exception {
        return host.process().json("job:history " + id).get("events").findValuesAsText("to");
    }
}

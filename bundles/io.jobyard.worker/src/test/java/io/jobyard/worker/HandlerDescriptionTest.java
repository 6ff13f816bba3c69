// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.HandlesJob;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerDescriptionTest {

    @Test
    void whatAHandlerSaysOfItselfIsToldOfIt() throws Exception {
        assertThat(described("  Sends letters.\n")).isEqualTo("Sends letters.");
        assertThat(described("")).isEmpty();
        assertThat(described("x".repeat(3_000))).hasSize(2_000);
    }

    @Test
    void whatItsJobsLeaveAloneIsToldOfIt() throws Exception {
        Map<String, Object> properties = Map.of(
                HandlesJob.TYPE, "letter", HandlesJob.EFFECTS, new String[] {HandlesJob.ADDS_ONLY, HandlesJob.INSIDE});
        assertThat(HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null)
                        .info("active")
                        .effects())
                .containsExactlyInAnyOrder("adds-only", "inside");
    }

    @Test
    void anEffectThatIsNoneIsRefused() {
        Map<String, Object> properties = Map.of(HandlesJob.TYPE, "letter", HandlesJob.EFFECTS, "harmless");
        assertThatThrownBy(() -> HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null))
                .isInstanceOfSatisfying(
                        RefusedHandlerException.class,
                        e -> assertThat(e.refused.reason())
                                .isEqualTo("invalid effect harmless: use some of reads-only, adds-only, repeatable,"
                                        + " inside"));
    }

    @Test
    void aPrivilegedTypeStaysOneUntilAHandlerSaysOtherwise() throws Exception {
        WorkerFixture workers = new WorkerFixture();
        Handler privileged = marked("true");
        Handler usual = marked("false");
        assertThat(workers.handlers.isPrivileged("letter")).isFalse();
        workers.handlers.add(privileged);
        workers.handlers.add(usual);
        assertThat(workers.handlers.isPrivileged("letter")).as("one of two").isTrue();
        workers.handlers.remove(usual);
        workers.handlers.remove(privileged);
        assertThat(workers.handlers.isPrivileged("letter"))
                .as("while its bundle is updated")
                .isTrue();
        workers.handlers.add(usual);
        assertThat(workers.handlers.isPrivileged("letter")).isFalse();
        workers.end();
    }

    @Test
    void aMarkThatIsNeitherTrueNorFalseIsRefused() {
        assertThatThrownBy(() -> marked("yes"))
                .isInstanceOfSatisfying(
                        RefusedHandlerException.class,
                        e -> assertThat(e.refused.reason())
                                .isEqualTo("invalid property job.privileged = yes: use true or false"));
    }

    private static Handler marked(String privileged) throws RefusedHandlerException {
        Map<String, Object> properties = Map.of(HandlesJob.TYPE, "letter", HandlesJob.PRIVILEGED, privileged);
        return HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null);
    }

    private static String described(String description) throws RefusedHandlerException {
        Map<String, Object> properties = Map.of(HandlesJob.TYPE, "letter", HandlesJob.DESCRIPTION, description);
        return HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null)
                .info("active")
                .description();
    }
}

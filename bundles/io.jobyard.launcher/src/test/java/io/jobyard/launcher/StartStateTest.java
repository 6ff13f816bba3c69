// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who wait for a host read of its start. */
class StartStateTest {

    @TempDir
    Path directory;

    private InstanceDirectory instance;
    private StartState state;

    @BeforeEach
    void begin() throws IOException {
        instance = new InstanceDirectory(directory);
        Files.createDirectories(instance.data());
        state = new StartState(instance);
        state.onNext("starting the framework");
    }

    @Test
    void aStartIsOverOnceTheHostTakesJobs() throws IOException {
        assertThat(StartState.isFinished(instance)).isFalse();
        assertThat(StartState.read(instance)).isEqualTo("starting the framework");
        state.onComplete();
        assertThat(StartState.isFinished(instance)).isTrue();
        assertThat(state.failure()).isNull();
    }

    @Test
    void aStartThatHasFailedStaysSoWhateverElseIsStarted() throws IOException {
        state.onError(new IllegalStateException("port 8080 is taken"));
        state.onNext("starting bundles: 88 started");
        state.onError(new IllegalStateException("another one"));
        state.onComplete();
        assertThat(StartState.isFinished(instance)).isFalse();
        assertThat(StartState.failure(StartState.read(instance))).isEqualTo("port 8080 is taken");
        assertThat(state.failure()).isEqualTo("port 8080 is taken");
    }

    @Test
    void whatFailsOnceTheHostTakesJobsIsNoFailureOfItsStart() {
        state.onComplete();
        state.onError(new IllegalStateException("port 8080 is taken"));
        assertThat(state.failure()).isNull();
        assertThat(state.ending()).isNull();
        assertThat(StartState.isFinished(instance)).isTrue();
        state.onError(new CancellationException("another host took over"));
        assertThat(state.ending()).isEqualTo("another host took over");
    }
}

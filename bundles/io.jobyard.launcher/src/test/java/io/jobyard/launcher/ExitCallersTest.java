// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCallersTest {

    private static final Thread MAIN = new Thread(() -> {}, "main");
    private static final StackTraceElement[] EXIT = {
        frame("java.lang.Shutdown", "exit"), frame("java.lang.Runtime", "exit"), frame("java.lang.System", "exit")
    };
    private static final StackTraceElement[] SIGNAL = {
        frame("java.lang.Shutdown", "exit"), frame("java.lang.Terminator$1", "handle")
    };
    private static final StackTraceElement[] RETURNED = {frame("java.lang.Shutdown", "shutdown")};
    private static final StackTraceElement[] OTHER = {frame("java.lang.Object", "wait")};

    @Test
    void threadsOfRunsAndDeploymentsLetTheHostDrain() {
        assertThat(callers("jobyard-worker-1", EXIT)).isEqualTo(called("jobyard-worker-1", true));
        assertThat(callers("jobyard-starter-2", EXIT)).isEqualTo(called("jobyard-starter-2", true));
        assertThat(callers("jobyard-deploy-jar-1", EXIT)).isEqualTo(called("jobyard-deploy-jar-1", true));
        assertThat(callers("FelixStartLevel", EXIT)).isEqualTo(called("FelixStartLevel", false));
    }

    @Test
    void aCallerThatJavaDoesNotListIsAVirtualThread() {
        assertThat(callers("jobyard-worker-1", OTHER)).isEqualTo(called("(virtual)", true));
    }

    @Test
    void aSignalAndTheLauncherItselfAreNoCallers() {
        assertThat(callers("SIGTERM handler", SIGNAL)).isEqualTo(called("", true));
        assertThat(callers("DestroyJavaVM", RETURNED)).isEqualTo(called("", true));
        ExitCallers byMain = ExitCallers.of(Map.of(MAIN, EXIT), MAIN);
        assertThat(byMain.names()).isEmpty();
    }

    private static String callers(String thread, StackTraceElement[] stack) {
        ExitCallers callers = ExitCallers.of(Map.of(MAIN, OTHER, new Thread(() -> {}, thread), stack), MAIN);
        return called(String.join(",", callers.names()), callers.drain());
    }

    private static String called(String names, boolean drain) {
        return names + " " + drain;
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, 0);
    }
}

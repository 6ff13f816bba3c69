// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Tries a containment for real: begins a process in it that would stay, and kills the tree. */
final class ContainmentProbe {

    private static final int PATIENCE_SECONDS = 30;
    private static final String BEGUN = "begun";
    private static final List<String> PROGRAM =
            List.of(ProcessContainment.SHELL, "-c", "echo " + BEGUN + "; read line");

    private ContainmentProbe() {}

    /** Throws with the reason if the machine does not allow it. */
    static void require(ProcessContainment containment) throws IOException {
        ProcessTree tree = containment.create("probe-" + System.nanoTime());
        try {
            Process process = new ProcessBuilder(tree.wrap(PROGRAM))
                    .redirectErrorStream(true)
                    .start();
            tree.add(process.toHandle());
            Executor later = CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            later.execute(process::destroyForcibly); // no harm if it has ended
            require(tree, process);
        } finally {
            tree.remove();
        }
    }

    private static void require(ProcessTree tree, Process process) throws IOException {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            boolean wasThere = !tree.isEmpty();
            tree.kill();
            if (!BEGUN.equals(line)) {
                throw new IOException(line == null ? "it did not begin within " + PATIENCE_SECONDS + " s" : line);
            } else if (!wasThere || !process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("it does not hold its processes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was not waited for", e);
        } finally {
            process.destroyForcibly();
        }
    }
}

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

/** Tests a containment: starts a process in it that would keep running, and kills the tree. */
final class ContainmentProbe {

    private static final int PATIENCE_SECONDS = 30;
    private static final String BEGUN = "begun";
    private static final List<String> PROGRAM =
            List.of(ProcessContainment.SHELL, "-c", "echo " + BEGUN + "; read line");

    private ContainmentProbe() {}

    /** Throws with the reason if the machine does not support the containment. */
    static void require(ProcessContainment containment) throws IOException {
        ProcessTree tree = containment.create("probe-" + System.nanoTime());
        try {
            Process process = new ProcessBuilder(tree.wrap(PROGRAM))
                    .redirectErrorStream(true)
                    .start();
            tree.add(process.toHandle());
            Executor later = CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            later.execute(process::destroyForcibly); // harmless if it has ended
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
                throw new IOException(
                        line == null ? "the process did not start within " + PATIENCE_SECONDS + " s" : line);
            } else if (!wasThere || !process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a process left the containment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}

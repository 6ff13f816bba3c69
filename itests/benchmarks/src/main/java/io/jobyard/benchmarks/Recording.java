// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A flight recording of another process, by the JDK's own {@code jcmd}. */
final class Recording implements Closeable {

    private static final String NAME = "name=jobyard";

    private final long pid;
    private final Path file;

    private Recording(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    static Recording start(long pid, Path file) throws IOException {
        // short waits count too: a host that is fast waits often and briefly
        jcmd(
                pid,
                "JFR.start",
                NAME,
                "settings=profile",
                "jdk.ThreadPark#threshold=0ms",
                "jdk.JavaMonitorEnter#threshold=0ms",
                "jdk.FileWrite#threshold=0ms");
        return new Recording(pid, file);
    }

    @Override
    public void close() throws IOException {
        jcmd(pid, "JFR.stop", NAME, "filename=" + file);
        Profile.print(file);
    }

    private static void jcmd(long pid, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted at " + String.join(" ", command));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java virtual machine of a host, seen from outside. */
record HostJvm(long pid) {

    private static final Pattern USED = Pattern.compile("garbage-first heap .*?used (\\d+)K");

    static HostJvm of(HostProcess host) {
        return new HostJvm(host.process().orElseThrow().pid());
    }

    int threads() throws IOException {
        return Integer.parseInt(status("Threads"));
    }

    /** Returns a value of {@code /proc/PID/status}. */
    String status(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    long usedKilobytes() throws IOException, InterruptedException {
        String heap = jcmd("GC.heap_info");
        Matcher used = USED.matcher(heap);
        assertThat(used.find()).as(heap).isTrue();
        return Long.parseLong(used.group(1));
    }

    long usedKilobytesAfterGc() throws IOException, InterruptedException {
        jcmd("GC.run");
        return usedKilobytes();
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        return HostProcess.run(new ProcessBuilder(jcmd, "" + pid, command)).out();
    }
}

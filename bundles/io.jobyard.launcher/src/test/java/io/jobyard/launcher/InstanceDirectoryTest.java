// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void whatIsMadeIsItsUsersAloneAndWhatIsThereStays() throws Exception {
        Path home = directory.resolve("home");
        Path defaults = Files.createDirectories(home.resolve("etc-defaults"));
        Files.writeString(defaults.resolve("a.cfg"), "key = of the program\n");
        Files.writeString(defaults.resolve("b.cfg"), "key = of the program\n");
        InstanceDirectory instance = new InstanceDirectory(directory.resolve("new/instance"));
        Path deploy = Files.createDirectories(instance.deploy());
        Files.setPosixFilePermissions(deploy, PosixFilePermissions.fromString("rwxr-x---"));

        instance.prepare(new Program(home, "1", false));
        Files.writeString(instance.etc().resolve("b.cfg"), "key = of the administrator\n");
        instance.prepare(new Program(home, "1", false));
        HostLock lock = HostLock.take(instance);
        OwnerOnlyFiles.open(instance.console()).close();

        assertThat(modes(instance))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "deploy", "rwxr-x---",
                        "etc", "rwx------",
                        "etc/a.cfg", "rw-------",
                        "etc/b.cfg", "rw-------",
                        "data", "rwx------",
                        "data/jobyard.pid", "rw-------",
                        "data/log", "rwx------",
                        "data/log/console.log", "rw-------"));
        assertThat(instance.etc().resolve("a.cfg")).hasContent("key = of the program");
        assertThat(instance.etc().resolve("b.cfg")).hasContent("key = of the administrator");
        lock.keepUntilHere();
    }

    private static Map<String, String> modes(InstanceDirectory instance) throws Exception {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(instance.directory())) {
            List<Path> all =
                    files.filter(file -> !file.equals(instance.directory())).toList();
            for (Path file : all) {
                modes.put(
                        instance.directory().relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return modes;
    }
}

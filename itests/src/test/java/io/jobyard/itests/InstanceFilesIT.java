// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.HostProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

/** The instance is its user's alone, whatever the umask of whoever starts the host. */
public class InstanceFilesIT {

    @Rule
    public final HostProcess host = new HostProcess();

    /** Started with an umask that keeps nothing from others. */
    @Test
    public void areTheUsersAloneUnderAnOpenUmaskAndWhatIsOpenedIsNamed() throws Exception {
        Outcome started = HostProcess.run(new ProcessBuilder(
                "sh",
                "-c",
                "umask 000; exec '" + Program.HOME.resolve("bin/jobyard") + "' --instance '" + host.instance()
                        + "' start"));
        assertThat(started.exit()).as(started.err()).isZero();
        host.configure("io.jobyard.worker", "worker.threads = 3");
        mode(host.instance().resolve("etc/io.jobyard.worker.cfg"), "rw-------"); // the test's, not the host's
        assertThat(host.jobyard("shell", "job:submit echo {\"text\":\"a\"} --await")
                        .exit())
                .isZero();
        assertThat(open()).isEmpty();
        thatOthersCanReadAreNamedWithTheirCureAndAGroupForDeployAsMeant();
        host.stop();
        assertThat(open()).isEmpty();
    }

    private void thatOthersCanReadAreNamedWithTheirCureAndAGroupForDeployAsMeant() throws Exception {
        Path etc = host.instance().resolve("etc");
        Path deploy = host.instance().resolve("deploy");
        mode(etc, "rwxr-xr-x");
        mode(deploy, "rwxrwx---");

        JsonNode told = host.json("job:doctor");
        assertThat(told.get("findings")).hasSize(1);
        assertThat(told.at("/findings/0/problem").asText()).startsWith(etc + " is rwxr-xr-x: ");
        assertThat(told.at("/findings/0/fix").asText()).startsWith("chmod 700 " + etc + "; ");
        assertThat(told.get("notes")).hasSize(1);
        String group =
                Files.readAttributes(deploy, PosixFileAttributes.class).group().getName();
        assertThat(told.at("/notes/0/problem").asText())
                .isEqualTo(deploy + " is open to group " + group + " intentionally (rwxrwx---)");

        mode(etc, "rwx------");
        assertThat(host.jobyard("shell", "job:doctor").out()).startsWith("no problems found\nnote: files:");
        mode(deploy, "rwxrwxrwx");
        assertThat(host.json("job:doctor").at("/findings/0/fix").asText()).startsWith("chmod 700 " + deploy + "; ");
        mode(deploy, "rwx------");
    }

    /** What others than the user may use in any way; a link has no mode of its own. */
    private List<String> open() throws Exception {
        List<String> open = new ArrayList<>();
        try (Stream<Path> files = Files.walk(host.instance())) {
            for (Path file : files.toList()) {
                PosixFileAttributes modes =
                        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                String text = PosixFilePermissions.toString(modes.permissions());
                if (!modes.isSymbolicLink() && !text.endsWith("------")) {
                    open.add(text + " " + file);
                }
            }
        }
        assertThat(host.instance().resolve("data/db")).exists();
        assertThat(host.instance().resolve("data/config")).exists();
        assertThat(host.instance().resolve("data/log/console.log")).exists();
        return open;
    }

    private static void mode(Path file, String mode) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jobyard.api.Finding;
import io.jobyard.doubles.FakeConfigurationAdmin;
import io.jobyard.settings.api.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of {@code etc/} and what Config Admin holds of them. */
class FileConfigurationsTest {

    @TempDir
    private Path instance;

    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private Path etc;

    @BeforeEach
    void directory() throws IOException {
        etc = Files.createDirectory(instance.resolve("etc"));
    }

    @Test
    void eachFileIsAConfigurationThatSaysWhereItCameFrom() throws IOException {
        write("io.jobyard.types-echo.cfg", "versions = [1.2,1.2]");
        write("com.acme.reports.cfg", "n = 3");
        life();
        assertThat(admin.properties("io.jobyard.types~echo"))
                .containsOnly(
                        entry("versions", "[1.2,1.2]"),
                        entry(
                                ConfigurationSnapshot.FILE,
                                etc.resolve("io.jobyard.types-echo.cfg").toUri().toString()));
        assertThat(admin.properties("com.acme.reports")).containsEntry("n", "3");
    }

    @Test
    void rolesAndAccessComeBeforeAllOthers() throws IOException {
        for (String name : List.of("com.acme.a", "io.jobyard.limits-a", "io.jobyard.roles-z", "io.jobyard.access")) {
            write(name + ".cfg", "n = 3");
        }
        life();
        assertThat(admin.updated)
                .containsExactly("io.jobyard.access", "io.jobyard.roles~z", "com.acme.a", "io.jobyard.limits~a");
    }

    @Test
    void allFilesThatAreGoneAtTheStartAreGoneWhateverFails() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            write("io.jobyard.roles-" + name + ".cfg", "members = user:ann");
        }
        life();
        for (String name : List.of("a", "b", "c")) {
            Files.delete(etc.resolve("io.jobyard.roles-" + name + ".cfg"));
        }
        admin.broken("io.jobyard.roles~b");

        FileConfigurations next = life();

        assertThat(admin.pids()).containsExactly("io.jobyard.roles~b");
        assertThat(next.examine())
                .containsExactly(new Finding(
                        "io.jobyard.roles~b",
                        "the settings of its file are not in force: broken",
                        "see the log; the host retries automatically"));
        assertThat(next.areTaken()).isFalse();
        admin.mended();
        next.take(Map.of());
        assertThat(next.areTaken()).isTrue();
        assertThat(admin.pids()).isEmpty();
        assertThat(next.examine()).isEmpty();
    }

    @Test
    void whatCameFromNoFileOrFromAnotherDirectoryStays(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(elsewhere.resolve("com.acme.x.cfg"), "a = b");
        admin.put("com.acme.x", Map.of(ConfigurationSnapshot.FILE, file.toUri().toString()));
        admin.put("io.jobyard.worker", Map.of("worker.threads", "3"));
        admin.put(
                "com.acme.gone",
                Map.of(
                        ConfigurationSnapshot.FILE,
                        elsewhere.resolve("y.cfg").toUri().toString()));
        admin.put("com.acme.odd", Map.of(ConfigurationSnapshot.FILE, "file:/%zz"));
        life();
        assertThat(admin.pids()).containsExactly("com.acme.odd", "com.acme.x", "io.jobyard.worker");
    }

    @Test
    void oneThatSomebodyDeletesMeanwhileKeepsNoOther() throws IOException {
        write("io.jobyard.limits-a.cfg", "running.max = 1");
        life();
        admin.put("io.jobyard.worker", Map.of());
        admin.vanishing("io.jobyard.worker");
        Files.delete(etc.resolve("io.jobyard.limits-a.cfg"));
        assertThat(life().examine()).isEmpty();
        assertThat(admin.pids()).containsExactly("io.jobyard.worker");
    }

    @Test
    void oneThatFailsIsTriedAgainAndKeepsNoOther() throws IOException {
        write("io.jobyard.limits-a.cfg", "running.max = 1");
        write("io.jobyard.limits-b.cfg", "running.max = 2");
        admin.broken("io.jobyard.limits~a");
        FileConfigurations files = life();
        assertThat(admin.pids()).containsExactly("io.jobyard.limits~b");
        assertThat(files.examine()).extracting(Finding::subject).containsExactly("io.jobyard.limits~a");
        admin.mended();
        files.take(wanted());
        assertThat(admin.pids()).containsExactly("io.jobyard.limits~a", "io.jobyard.limits~b");
        assertThat(files.examine()).isEmpty();
    }

    @Test
    void whatIsChangedOrDeletedThroughConfigAdminIsFoundAndSavingTheFileAgainBringsItBack() throws IOException {
        write("io.jobyard.worker.cfg", "worker.threads = 3");
        FileConfigurations files = life();
        assertThat(files.examine()).isEmpty();
        admin.put("io.jobyard.worker", Map.of("worker.threads", "5"));
        assertThat(files.examine())
                .containsExactly(new Finding(
                        "io.jobyard.worker",
                        "the settings in force differ from etc/io.jobyard.worker.cfg: they were changed through Config Admin",
                        "save the file again to put it in force, or write the settings in force into it"));
        admin.remove("io.jobyard.worker");
        assertThat(files.examine()).singleElement().asString().contains("they were deleted through Config Admin");
        files.take(wanted());
        assertThat(admin.pids()).isEmpty();
        Files.setLastModifiedTime(etc.resolve("io.jobyard.worker.cfg"), java.nio.file.attribute.FileTime.fromMillis(1));
        files.take(wanted());
        assertThat(files.examine()).isEmpty();
        assertThat(admin.properties("io.jobyard.worker")).containsEntry("worker.threads", "3");
    }

    @Test
    void aFileOfAWrongNameStandsRefusedInThePlaceOfWhatItMeans() throws IOException {
        write("io.jobyard.queue-llm.conf", "types = llm_*");
        life();
        assertThat(admin.properties("io.jobyard.queues~llm"))
                .contains(
                        entry("types", "llm_*"),
                        entry(
                                SettingsReader.MISNAMED,
                                "etc/io.jobyard.queue-llm.conf is not in force: its name must be io.jobyard.queues-llm.cfg"));
    }

    @Test
    void aFileOfAWrongNameBesideTheRightOneStandsWhereAllSeeIt() throws IOException {
        write("io.jobyard.roles-a.cfg", "members = user:ann");
        write("io.jobyard.roles-a.conf", "members = user:bob");
        life();
        assertThat(admin.properties("io.jobyard.roles~a")).containsEntry("members", "user:ann");
        assertThat(admin.properties("io.jobyard.roles-a.conf"))
                .containsEntry(
                        SettingsReader.MISNAMED,
                        "etc/io.jobyard.roles-a.conf is not in force: etc/io.jobyard.roles-a.cfg has the same PID");
    }

    @Test
    void aFileThatCannotBeReadIsARefusedConfiguration() throws IOException {
        write("io.jobyard.limits-a.cfg", "running.max = \\u1");
        life();
        assertThat(admin.properties("io.jobyard.limits~a"))
                .containsEntry(
                        SettingsReader.UNREADABLE,
                        "etc/io.jobyard.limits-a.cfg cannot be read: Malformed \\uxxxx encoding.")
                .doesNotContainKey("running.max");
    }

    @Test
    void anothersFileThatCannotBeReadLeavesWhatIsAndIsFound() throws IOException {
        write("com.acme.x.cfg", "a = 1");
        life();
        write("com.acme.x.cfg", "a = \\u1");
        FileConfigurations files = life();
        assertThat(admin.properties("com.acme.x")).containsEntry("a", "1");
        assertThat(files.examine())
                .containsExactly(new Finding(
                        "com.acme.x",
                        "etc/com.acme.x.cfg cannot be read: Malformed \\uxxxx encoding.",
                        "fix the file; until then, its previous settings stay in force"));
    }

    /** The host starts. */
    private FileConfigurations life() throws IOException {
        FileConfigurations files = new FileConfigurations(admin.service(), instance);
        files.begin();
        files.take(wanted());
        return files;
    }

    private Map<String, WantedConfiguration> wanted() throws IOException {
        return WantedConfiguration.of(new EtcFiles(etc).first());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(etc.resolve(name), text);
    }
}

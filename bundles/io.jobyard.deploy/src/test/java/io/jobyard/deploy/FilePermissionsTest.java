// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePermissionsTest {

    @TempDir
    Path instance;

    @BeforeEach
    void asTheHostMakesIt() throws Exception {
        for (String each : List.of("etc", "data", "deploy")) {
            mode(Files.createDirectory(instance.resolve(each)), "rwx------");
        }
    }

    @Test
    void anInstanceOfItsUserAloneHasNothingToTell() {
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "etc, rwxr-xr-x",
        "etc, rwx--x---",
        "data, rwxrwxrwx",
        "data, rwx-----x",
        "deploy, rwxr-xr-x",
        "deploy, rwx---r--"
    })
    void aDirectoryThatLetsOthersInIsNamedWithItsModeAndItsCure(String name, String mode) throws Exception {
        Path directory = instance.resolve(name);
        mode(directory, mode);
        assertThat(findings())
                .containsExactly(new Finding(
                        "files",
                        directory + " is " + mode + ": other users can access it",
                        "chmod 700 " + directory + "; and chmod -R go-rwx " + directory + " for its contents"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwxrwx---"})
    void aGroupThatMayUseDeployIsThereOnPurpose(String mode) throws Exception {
        Path deploy = instance.resolve("deploy");
        mode(deploy, mode);
        String group =
                Files.readAttributes(deploy, PosixFileAttributes.class).group().getName();
        assertThat(findings())
                .containsExactly(Finding.note(
                        "files",
                        deploy + " is open to group " + group + " intentionally (" + mode + ")",
                        "chmod 700 " + deploy + " closes it"));
    }

    @Test
    void anInstanceThatOthersMayWriteIntoIsNamedItself() throws Exception {
        mode(instance, "rwxr-xrwx");
        assertThat(findings())
                .containsExactly(new Finding(
                        "files",
                        instance + " is rwxr-xrwx: other users can write there and so replace etc/ or deploy/",
                        "chmod o-w " + instance));
        mode(instance, "rwxr-xr-x");
        assertThat(findings()).isEmpty();
    }

    @Test
    void theCureOfAPathWithSpacesCanBePasted() throws Exception {
        Path odd = Files.createDirectory(instance.resolve("it's mine"));
        mode(Files.createDirectory(odd.resolve("etc")), "rwxrwxrwx");
        assertThat(new FilePermissions(odd).examine())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix())
                        .startsWith("chmod 700 '" + odd.toString().replace("'", "'\\''") + "/etc';"));
    }

    @Test
    void whatIsNotThereIsNotTold() throws Exception {
        assertThat(new FilePermissions(instance.resolve("elsewhere")).examine()).isEmpty();
        assertThat(new FilePermissions((Path) null).examine()).isEmpty();
    }

    private List<Finding> findings() {
        return new FilePermissions(instance).examine();
    }

    private static void mode(Path file, String mode) throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class HealingFailureTest {

    @Test
    void whatRoomRightsLocksOrHandlesHealIsKnownByItsCause() {
        assertThat(HealingFailure.of(wrapped(new FileSystemException("/data/x", null, "No space left on device"))))
                .contains(HealingFailure.ROOM);
        assertThat(HealingFailure.of(wrapped(new IOException("Disk quota exceeded"))))
                .contains(HealingFailure.ROOM);
        assertThat(HealingFailure.of(wrapped(new AccessDeniedException("/data/x"))))
                .contains(HealingFailure.RIGHTS);
        assertThat(HealingFailure.of(wrapped(new FileNotFoundException("/data/x (Permission denied)"))))
                .contains(HealingFailure.RIGHTS);
        assertThat(HealingFailure.of(wrapped(new FileNotFoundException("/data/x (Too many open files)"))))
                .contains(HealingFailure.HANDLES);
        assertThat(HealingFailure.of(wrapped(new OverlappingFileLockException())))
                .contains(HealingFailure.LOCK);
        assertThat(HealingFailure.of(new BundleException("Unable to acquire global lock for resolve.")))
                .contains(HealingFailure.LOCK);
        assertThat(HealingFailure.of(wrapped(new FileNotFoundException("/data/x (No such file or directory)"))))
                .contains(HealingFailure.FILE);
    }

    @Test
    void whatOnlyAnotherJarHealsIsNot() {
        assertThat(HealingFailure.of(wrapped(new IllegalStateException("no")))).isEmpty();
        assertThat(HealingFailure.of(wrapped(new IOException("connection reset"))))
                .isEmpty();
        assertThat(HealingFailure.of("java.lang.IllegalStateException: no\n\tat java.nio.file.SomeException(X.java)"))
                .isEmpty();
    }

    @Test
    void ofAnInstallationEachTroubleWithFilesHealsButABrokenArchive() {
        assertThat(HealingFailure.ofFiles(wrapped(new IOException("Input/output error"))))
                .contains(HealingFailure.FILE);
        assertThat(HealingFailure.ofFiles(wrapped(new ZipException("no END")))).isEmpty();
    }

    private static Exception wrapped(Exception cause) {
        return new BundleException("Activator start error", new IllegalStateException(cause));
    }
}

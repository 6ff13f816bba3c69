// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DeployedFile;
import io.jobyard.api.DeployedFile.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeployLogTest {

    private static final String OLD = "com.acme.words 1.0.0";
    private static final String NEW = "com.acme.words 1.1.0";

    @Test
    void aFileThatIsGoneIsToldWithAllBundlesThatWentWithIt() {
        assertThat(gone(NEW, null)).isEqualTo("deploy/words.jar: com.acme.words 1.1.0 was removed");
        assertThat(gone(null, OLD)).isEqualTo("deploy/words.jar: com.acme.words 1.0.0 was removed");
        assertThat(gone(NEW, OLD))
                .isEqualTo("deploy/words.jar: com.acme.words 1.1.0 was removed, and so was com.acme.words 1.0.0");
        assertThat(gone(null, null)).isEqualTo("deploy/words.jar was removed");
    }

    private static String gone(@Nullable String bundle, @Nullable String servesOn) {
        return DeployLog.goneLine(
                new DeployedFile("words.jar", bundle, State.REFUSED, "it is no jar", servesOn, "mend it"));
    }
}

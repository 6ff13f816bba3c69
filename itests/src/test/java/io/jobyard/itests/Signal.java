// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/** What a process is told by {@code kill}. */
enum Signal {
    STOP,
    CONT;

    void send(long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + this, String.valueOf(pid))
                        .start()
                        .waitFor(1, TimeUnit.MINUTES))
                .isTrue();
    }
}

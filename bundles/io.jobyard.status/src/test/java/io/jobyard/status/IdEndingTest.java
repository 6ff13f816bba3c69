// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.ValidationException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class IdEndingTest {

    private static final String ID = "01978f3c-5c1e-7c39-9d2a-6f1b2e4d8a90";

    private final StoredJobsFixture records = new StoredJobsFixture();

    @Test
    void aWholeIdOrItsEndIsFoundHoweverItIsWritten() {
        JobId id = admit(ID);
        for (String typed : new String[] {
            ID, " " + ID + " ", ID.toUpperCase(Locale.ROOT), "8a90", "0", "9d2a-6f1b2e4d8a90", "9d2a6f1b2e4d8a90"
        }) {
            assertThat(resolve(typed)).isEqualTo(id);
        }
    }

    @Test
    void anEndThatSeveralHaveIsRefusedWithSomeOfThem() {
        admit(ID);
        admit("01978f3c-5c1e-7c39-9d2a-000000008a90");
        assertThatThrownBy(() -> resolve("8a90"))
                .isInstanceOf(ValidationException.class)
                .hasMessage("several IDs end with '8a90': " + ID
                        + ", 01978f3c-5c1e-7c39-9d2a-000000008a90: give more characters");
        admit("01978f3c-5c1e-7c39-9d2a-000000018a90");
        admit("01978f3c-5c1e-7c39-9d2a-000000028a90");
        assertThatThrownBy(() -> resolve("8a90")).hasMessageEndingWith(", …: give more characters");
    }

    @Test
    void anEndThatNobodyHasIsNotFound() {
        assertThatThrownBy(() -> resolve("8a90"))
                .isInstanceOf(JobNotFoundException.class)
                .hasMessage(
                        "no job has the ID 8a90 (only the newest 1000000 jobs are searched by their last characters); list the jobs to find it");
        assertThatThrownBy(() -> resolve(ID))
                .isInstanceOf(JobNotFoundException.class)
                .hasMessage("no job has the ID " + ID + "; list the jobs to find it");
    }

    @Test
    void whatIsNoIdIsRefused() {
        for (String typed : new String[] {"", "-", "xyz", "%", "8a_0", ID + "0"}) {
            assertThatThrownBy(() -> resolve(typed))
                    .isInstanceOf(ValidationException.class)
                    .hasMessage(
                            "invalid job ID '" + typed + "': give an ID, or its last characters (digits and a to f)");
        }
    }

    private JobId admit(String id) {
        return records.admit(JobId.of(id), null, 5);
    }

    private JobId resolve(String typed) {
        return IdEnding.resolve(typed, records.store::endingWith);
    }
}

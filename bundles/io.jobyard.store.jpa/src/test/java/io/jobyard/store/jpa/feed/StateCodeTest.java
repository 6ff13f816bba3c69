// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateCodeTest {

    @Test
    void everyStateHasACodeOfItsOwn() {
        Set<Byte> codes = new HashSet<>();
        for (JobStatus status : JobStatus.values()) {
            for (int n = -1; n < Reason.values().length; n++) {
                Reason reason = n < 0 ? null : Reason.values()[n];
                byte code = StateCode.of(status, reason);
                assertThat(codes.add(code)).isTrue();
                assertThat(code).isGreaterThan(StateCode.GONE);
                assertThat(StateCode.status(code)).isEqualTo(status);
                assertThat(StateCode.reason(code)).isEqualTo(reason);
            }
        }
    }

    /** Stored numbers mean the same for ever. */
    @Test
    void codesStayWhatTheyAre() {
        assertThat(StateCode.of(JobStatus.WAITING, null)).isEqualTo((byte) 1);
        assertThat(StateCode.of(JobStatus.FAILED, Reason.ERROR)).isEqualTo((byte) 74);
        assertThat(StateCode.of(JobStatus.CANCELLED, Reason.HOST_LOST)).isEqualTo((byte) 94);
        assertThat(StateCode.of(JobStatus.WAITING, Reason.PAUSED)).isEqualTo((byte) 15);
        assertThat(StateCode.of(JobStatus.WAITING, Reason.SIGNAL)).isEqualTo((byte) 97);
        assertThat(StateCode.of(JobStatus.CANCELLED, Reason.SIGNAL)).isEqualTo((byte) 102);
        assertThat(StateCode.of(JobStatus.WAITING, Reason.CHILDREN)).isEqualTo((byte) 103);
        assertThat(StateCode.of(JobStatus.WAITING, Reason.CALLBACK)).isEqualTo((byte) 109);
        assertThat(StateCode.of(JobStatus.WAITING, Reason.PROGRESS)).isEqualTo((byte) 115);
    }

    @Test
    void aFilterMeansTheCodesOfItsStatusAndReason() {
        boolean[] meant =
                StateCode.meant(JobFilter.ALL.withStatus(JobStatus.WAITING).withReason(Reason.RETRY));
        for (int code = 0; code < meant.length; code++) {
            assertThat(meant[code]).isEqualTo(code == StateCode.of(JobStatus.WAITING, Reason.RETRY));
        }
        assertThat(StateCode.meant(JobFilter.ALL)[StateCode.GONE]).isFalse();
    }
}

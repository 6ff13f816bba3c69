// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.FakeJobContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalDemoTest {

    private static final ApprovalDemo.Request REQUEST = new ApprovalDemo.Request("hello");

    private final FakeJobContext context = new FakeJobContext(Map.of());

    @Test
    void draftsAndGoesOnWhenItIsApproved() throws Exception {
        assertThat(new ApprovalDemo().handle(REQUEST, context.given("approved", "Ann")))
                .isEqualTo(new ApprovalDemo.Approved("Draft: hello", "Ann", 1));
        assertThat(context.emitted).hasToString("Draft: hello\nsent, as Ann approved\n");
    }

    @Test
    void keepsTheDraftOfAnEarlierRun() throws Exception {
        context.steps.put("draft", "Draft: of run 1");
        assertThat(new ApprovalDemo()
                        .handle(REQUEST, context.given("approved", "Ann"))
                        .draft())
                .isEqualTo("Draft: of run 1");
        assertThat(context.emitted).hasToString("sent, as Ann approved\n");
    }

    @Test
    void failsWhenNobodyApproves() {
        assertThatThrownBy(() -> new ApprovalDemo().handle(REQUEST, context))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("signal approved not received");
    }
}

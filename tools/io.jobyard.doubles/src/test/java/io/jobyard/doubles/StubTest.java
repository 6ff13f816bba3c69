// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StubTest {

    private static final Stub<List<String>> STUB = Stub.of(List.class);

    @Test
    void whatTheTestDidNotSetUpIsRefused() {
        assertThatThrownBy(() -> STUB.get().size())
                .hasMessage("List.size was asked, and the test did not set it up: call on(\"size\", …)");
        assertThatThrownBy(() -> new FakeRunMonitor().workers())
                .hasMessage("RunMonitor.workers was asked, and the test did not set it up: set workers");
    }

    @Test
    void aMethodThatIsNotThereIsNotSetUp() {
        assertThatThrownBy(() -> STUB.with("length", 1)).hasMessage("List has no method length");
    }

    @Test
    void whatIsNotAnsweredIsPassedOn() {
        List<String> stub = Stub.<List<String>>before(List.class, List.of("a", "b"))
                .with("size", 9)
                .get();
        assertThat(stub.size()).isEqualTo(9);
        assertThat(stub.get(1)).isEqualTo("b");
        assertThatThrownBy(() -> stub.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

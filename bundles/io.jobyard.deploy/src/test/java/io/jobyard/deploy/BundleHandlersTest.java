// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DeployedFile.State;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.handlers.RefusedHandler;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class BundleHandlersTest {

    private static final Bundle ONE = bundle(1);
    private static final Bundle TWO = bundle(2);

    private final FakeHandlerCatalog catalog = new FakeHandlerCatalog();
    private final BundleHandlers handlers = new BundleHandlers(catalog);

    @Test
    void aBundleWhoseHandlersServeIsInUse() {
        add("work", "1.0.0", "active", 1);
        add("rest", "1.1.0", "active", 1);
        assertThat(handlers.outcome(ONE, null)).isEqualTo(DeployOutcome.inUse("work 1.0.0, rest 1.1.0"));
        assertThat(handlers.outcome(TWO, null)).isEqualTo(DeployOutcome.resolved());
    }

    @Test
    void oneHandlerThatIsRefusedKeepsItFromTakingOver() {
        add("work", "1.0.0", "active", 1);
        catalog.refused.add(new RefusedHandler("rest", 1, "its schema is invalid"));
        DeployOutcome outcome = handlers.outcome(ONE, null);
        assertThat(outcome.detail()).isEqualTo("handler of rest is refused: its schema is invalid");
        assertThat(outcome.takesOver()).isFalse();
        assertThat(handlers.serves(ONE)).isTrue();
        assertThat(handlers.came(ONE)).isEqualTo(2);
    }

    @Test
    void theSameTypeAndVersionIsForTheSuccessorAloneToHave() {
        add("work", "1.0.0", "active", 1);
        add("work", "1.0.0", "duplicate", 2);
        assertThat(handlers.outcome(TWO, null).detail())
                .isEqualTo("two bundles provide work 1.0.0: com.acme.b1 1.0.0 was deployed first and is used");
        assertThat(handlers.outcome(TWO, ONE)).isEqualTo(DeployOutcome.inUse("work 1.0.0"));
        assertThat(handlers.outcome(ONE, null)).isEqualTo(DeployOutcome.inUse("work 1.0.0"));
    }

    @Test
    void oneThatIsDrainingIsNoDuplicate() {
        add("work", "1.0.0", "draining", 1);
        add("work", "1.0.0", "active", 2);
        assertThat(handlers.outcome(TWO, null)).isEqualTo(DeployOutcome.inUse("work 1.0.0"));
        assertThat(handlers.serves(ONE)).isFalse();
    }

    @Test
    void aSuccessorWithoutHandlersDoesNotTakeThePlaceOfOneThatServes() {
        add("work", "1.0.0", "active", 1);
        assertThat(handlers.outcome(TWO, ONE).detail())
                .isEqualTo("it has no handler, but the jar that it would replace has one");
        catalog.handlers.clear();
        assertThat(handlers.outcome(TWO, ONE)).isEqualTo(DeployOutcome.resolved());
    }

    @Test
    void whatThePinExcludesIsHeldAndDoesNotTakeOverAndWhatIsSetAsideDoes() {
        add("work", "2.0.0", "excluded", 1);
        DeployOutcome excluded = handlers.outcome(ONE, null);
        assertThat(excluded.state()).isEqualTo(State.HELD);
        assertThat(excluded.detail()).isEqualTo("work 2.0.0 is not in the version range of io.jobyard.types-work");
        assertThat(excluded.takesOver()).isFalse();

        catalog.handlers.clear();
        add("work", "2.0.0", "quarantined", 1);
        assertThat(handlers.outcome(ONE, null).state()).isEqualTo(State.HELD);
        assertThat(handlers.outcome(ONE, null).takesOver()).isTrue();
    }

    private void add(String type, String version, String state, long bundle) {
        catalog.handlers.add(new HandlerInfo(type, version, "com.acme.b" + bundle + " 1.0.0", state, 0, bundle));
    }

    private static Bundle bundle(long id) {
        return Stub.<Bundle>of(Bundle.class).with("getBundleId", id).get();
    }
}

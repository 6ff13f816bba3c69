// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.LimitEvent;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.testkit.SettableAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A listener fails with an error, as one does whose bundle lacks a class: it harms nobody. */
class FailingListenersTest {

    @Test
    void ofGuardsTheNextIsToldAllTheSame() {
        BacklogAlerts events = new BacklogAlerts();
        List<BacklogEvent> told = new ArrayList<>();
        events.bind(event -> {
            throw new NoClassDefFoundError("com/acme/Pager");
        });
        events.bind(told::add);
        BacklogEvent passed = new BacklogEvent(
                BacklogEvent.BacklogChange.PASSED, null, BacklogEvent.Measure.READY, 2, 1, Instant.EPOCH);
        events.tell(passed);
        assertThat(told).containsExactly(passed);
    }

    @Test
    void ofSoftLevelsTheNextIsToldAllTheSame() {
        LimitEvents events = new LimitEvents(new SettableAccess(), new FakeHandlerCatalog());
        List<LimitEvent> told = new ArrayList<>();
        events.bind(
                event -> {
                    throw new NoClassDefFoundError("com/acme/Pager");
                },
                Caller.bundle("com.acme.pager"));
        events.bind(told::add, Caller.bundle("com.acme.mail"));
        LimitEvent passed = new LimitEvent("limit", "provider", "usd", "9/d warn 80%", 8, Instant.EPOCH, Instant.EPOCH);
        events.tell(passed, Map.of());
        assertThat(told).containsExactly(passed);
    }

    @Test
    void aListenerIsToldTheValuesOfLimitsThatItsBundleMaySee() {
        SettableAccess access = new SettableAccess();
        FakeHandlerCatalog handlers = new FakeHandlerCatalog();
        LimitEvents events = new LimitEvents(access, handlers);
        List<String> told = new ArrayList<>();
        events.bind(event -> told.add(event.name()), Caller.bundle("com.acme.mail"));
        Map<String, String> keys = Map.of("tenants", "label.tenant", "cards", "payload.card.number");
        Runnable all = () -> List.of("tenants=acme", "cards=4711", "gone=x", "openai")
                .forEach(name -> events.tell(
                        new LimitEvent("limit", name, "usd", "9/d warn 80%", 8, Instant.EPOCH, Instant.EPOCH), keys));

        all.run();
        access.allow(Permission.VIEW_ALL);
        all.run();
        access.allow(Permission.VIEW);
        all.run();
        access.allow(Permission.VIEW_ALL, Permission.PAYLOAD);
        handlers.rules.put("pay", hiding("payload.card"));
        all.run();

        assertThat(told)
                .containsExactly(
                        "tenants=acme",
                        "cards=4711",
                        "gone=x",
                        "openai",
                        "tenants=acme",
                        "cards=(hidden)",
                        "gone=(hidden)",
                        "openai",
                        "tenants=(hidden)",
                        "cards=(hidden)",
                        "gone=(hidden)",
                        "openai",
                        "tenants=acme",
                        "cards=(hidden)",
                        "gone=(hidden)",
                        "openai");
    }

    private static TypeRules hiding(String text) {
        return new TypeRules(
                TypeRules.TypeDefaults.NONE,
                null,
                Backoff.USUAL,
                TypeRules.KeptDays.NONE,
                null,
                null,
                HiddenFields.parse(text),
                false);
    }
}

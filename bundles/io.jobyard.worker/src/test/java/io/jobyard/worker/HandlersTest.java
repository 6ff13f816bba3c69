// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Finding;
import io.jobyard.api.HandlerName;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.handlers.TypeRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

@Timeout(30)
class HandlersTest {

    private final WorkerFixture workers = new WorkerFixture();
    private final Handlers handlers = workers.handlers;

    @Test
    void theHighestVersionThatTheRangeAllowsIsFound() {
        Handler v1 = add("work", "1.4.0");
        Handler v2 = add("work", "2.0.0");
        Handler v3 = add("work", "1.10.0");

        assertThat(handlers.find("work", (String) null)).contains(v2);
        assertThat(handlers.find("work", "[1,2)")).contains(v3);
        assertThat(handlers.find("work", "[1.4,1.5)")).contains(v1);
        assertThat(handlers.find("work", "1.5")).contains(v2);
        assertThat(handlers.find("work", "[3,4)")).isEmpty();
        assertThat(handlers.find("other", (String) null)).isEmpty();

        handlers.remove(v2);
        assertThat(handlers.find("work", (String) null)).contains(v3);
        handlers.remove(v3);
        handlers.remove(v1);
        assertThat(handlers.find("work", (String) null)).isEmpty();
        assertThat(handlers.infos()).isEmpty();
    }

    @Test
    void theTypesConfigurationBoundsTheVersionToo() {
        Handler v1 = add("work", "1.4.0");
        Handler v2 = add("work", "2.0.0");
        workers.pins.put(
                "work",
                new TypeSettings(VersionRange.valueOf("[1,2)"), null, Set.of(), TypeRules.NONE, null, null, null, ""));

        assertThat(handlers.find("work", (String) null)).contains(v1);
        assertThat(handlers.find("work", "[2,3)")).isEmpty();
        assertThat(handlers.infos()).extracting(HandlerInfo::state).containsExactly("excluded", "active");
        assertThat(handlers.find("work", v2.name)).contains(v2); // a run that was given to it before

        workers.pins.put("work", TypeSettings.shut("the doctor says why"));
        assertThat(handlers.find("work", (String) null)).isEmpty();
        assertThat(handlers.has("work")).isTrue();
    }

    private void canary(String versions) {
        workers.pins.put(
                "work",
                new TypeSettings(null, VersionRange.valueOf(versions), Set.of(), TypeRules.NONE, null, null, null, ""));
    }

    @Test
    void theCanaryIsBesideTheHighestOtherVersion() {
        Handler v1 = add("work", "1.2.0");
        Handler v2 = add("work", "1.3.0");
        add("work", "1.1.0");
        canary("[1.3,1.4)");

        assertThat(handlers.find("work", (String) null)).contains(v1);
        assertThat(handlers.canary("work", null)).contains(v2);
        assertThat(handlers.infos()).extracting(HandlerInfo::state).containsExactly("canary", "active", "active");
        assertThat(handlers.offered()).hasSize(3);
        canary("[1.1,1.2)");
        assertThat(handlers.find("work", (String) null)).contains(v2);
        assertThat(handlers.canary("work", null))
                .hasValueSatisfying(lower -> assertThat(lower.version).isEqualTo(Version.parseVersion("1.1.0")));
        workers.pins.clear();
        assertThat(handlers.canary("work", null)).isEmpty();
    }

    @Test
    void aVersionServesWhileJobsAreGivenToIt() {
        Handler v1 = add("work", "1.2.0");
        Handler v2 = add("work", "1.3.0");
        Version tried = Version.parseVersion("1.3.0");
        assertThat(handlers.isCanary("work", v2.name)).isFalse();
        canary("[1.3,1.4)");
        assertThat(handlers.serves("work", tried)).isTrue();
        assertThat(handlers.isCanary("work", v2.name)).isTrue();
        assertThat(handlers.isCanary("work", v1.name)).isFalse();
        assertThat(handlers.isCanary("work", new HandlerName("1.3.0", v2.bundle + " build2")))
                .isFalse();

        workers.pins.put("work", TypeSettings.shut("the doctor says why"));
        assertThat(handlers.serves("work", tried)).as("excluded").isFalse();
        canary("[1.3,1.4)");
        handlers.remove(v2);
        assertThat(handlers.serves("work", tried)).isFalse();
        assertThat(handlers.isCanary("work", v2.name)).isFalse();
    }

    @Test
    void whileTheHostStopsNoCanaryIsTakenToBeGone() {
        HandlerRegistry registry = HandlerRegistry.of(Map.of(), workers.clock);
        HandlerName gone = new HandlerName("1.3.0", "test 1.3.0");
        assertThat(registry.isCanary("work", gone)).isFalse();
        registry.askIfHostStops(() -> true);
        assertThat(registry.isCanary("work", gone)).isTrue();
    }

    @Test
    void aCanaryWhoseVersionsAreNotThereIsTold(@TempDir Path directory) {
        HandlerRegistry registry = HandlerRegistry.of(Map.of(), workers.clock);
        registry.types.bind(new ConfiguredType(
                new FakeInstance(directory),
                new HashMap<>(Map.of("service.pid", "io.jobyard.types~work", "canary", "3:5 %"))));
        assertThat(registry.examine()).as("nor is the type").isEmpty();
        registry.all.add(handler("work", "1.2.0"));
        assertThat(registry.examine())
                .extracting(Finding::problem)
                .containsExactly("its canary [3.0.0,4.0.0) gets no jobs: no handler on this host has such a version");
        registry.all.add(handler("work", "3.1.0"));
        assertThat(registry.examine()).isEmpty();
    }

    @Test
    void theRangeOfAJobGoesBeforeTheCanary() {
        Handler v1 = add("work", "1.2.0");
        Handler v2 = add("work", "1.3.0");
        canary("[1.3,1.4)");

        assertThat(handlers.find("work", "[1.3,2)")).contains(v2);
        assertThat(handlers.canary("work", "[1.3,2)"))
                .as("there is nothing to try")
                .isEmpty();
        assertThat(handlers.find("work", "[1.2,1.3)")).contains(v1);
        assertThat(handlers.canary("work", "[1.2,1.3)")).isEmpty();
        assertThat(handlers.canary("work", "[1.2,2)")).contains(v2);
    }

    @Test
    void theCanaryAloneServesNobodyElse() {
        add("work", "1.3.0");
        canary("[1.3,1.4)");
        assertThat(handlers.find("work", (String) null)).isEmpty();
        assertThat(handlers.canary("work", null)).isEmpty();
        assertThat(handlers.isCanaryAlone("work")).isTrue();
        add("work", "1.2.0");
        assertThat(handlers.isCanaryAlone("work")).isFalse();
    }

    @Test
    void whatIsSetAsideIsNoCanary() {
        add("work", "1.2.0");
        Handler v2 = add("work", "1.3.0");
        canary("[1.3,1.4)");
        assertThat(handlers.canary("work", null)).contains(v2);
        workers.pins.put(
                "work",
                new TypeSettings(
                        VersionRange.valueOf("[1.2,1.3)"),
                        VersionRange.valueOf("[1.3,1.4)"),
                        Set.of(),
                        TypeRules.NONE,
                        null,
                        null,
                        null,
                        ""));
        assertThat(handlers.canary("work", null))
                .as("not in the type's versions")
                .isEmpty();
    }

    @Test
    void ofTwoOfOneTypeAndVersionTheFirstGetsTheJobsUntilItGoes() {
        Handler first = add("work", "1.0.0");
        Handler second = add("work", "1.0.0");
        assertThat(handlers.find("work", (String) null)).contains(first);
        assertThat(handlers.infos()).extracting(HandlerInfo::state).containsExactly("active", "duplicate");

        handlers.remove(first);
        assertThat(handlers.find("work", (String) null)).contains(second);
        assertThat(handlers.infos()).extracting(HandlerInfo::state).containsExactly("active");
    }

    @Test
    void whoListensHearsOfArrivalsUntilItForgets() {
        AtomicInteger heard = new AtomicInteger();
        Runnable listener = heard::incrementAndGet;
        handlers.onArrival(listener);
        Handler handler = add("b", "1.0.0");
        add("a", "1.0.0");
        handlers.remove(handler);
        handlers.forget(listener);
        add("c", "1.0.0");

        assertThat(heard.get()).isEqualTo(2);
        assertThat(handlers.infos())
                .containsExactly(
                        new HandlerInfo("a", "1.0.0", "test 1.0.0", "active", 0, 1),
                        new HandlerInfo("c", "1.0.0", "test 1.0.0", "active", 0, 1));
    }

    @Test
    void aDrainLetsRunsEndByThemselves() throws Exception {
        CountDownLatch exit = new CountDownLatch(1);
        Handler handler = workers.handle("work", context -> {
            exit.await();
            return Map.of("interrupted", Thread.currentThread().isInterrupted());
        });
        var outcome = CompletableFuture.supplyAsync(() -> workers.execute(workers.run(workers.assignment("work"))));
        await().until(() -> handler.info("active").running() == 1);
        var drained = drain(handler, Duration.ofSeconds(20));
        Run late = workers.run(workers.assignment("work"));
        await().until(() -> {
            boolean isOpen = handler.runs.enter(late); // the drain begins on its own thread
            handler.runs.exit(late);
            return !isOpen;
        });
        assertThat(drained).isNotDone();
        handlers.remove(handler);
        handlers.leaves(handler, WorkerFixture.START.plusSeconds(20));
        assertThat(handlers.infos()).containsExactly(new HandlerInfo("work", "1.0.0", "test 1.0.0", "draining", 1, 1));
        assertThat(handlers.leaving("work"))
                .isEqualTo("; 1.0.0 of test 1.0.0 is stopping, and its runs have until "
                        + WorkerFixture.START.plusSeconds(20) + " to finish");
        assertThat(handlers.leaving("other")).isEmpty();

        exit.countDown();

        assertThat(drained.get()).isZero();
        assertThat(outcome.get().toString()).contains("{\"interrupted\":false}");
        assertThat(handlers.infos()).isEmpty();
    }

    @Test
    void aDrainInterruptsWhatDoesNotEndInTime() throws Exception {
        Handler handler = workers.handle("work", context -> {
            Thread.sleep(60_000);
            return Map.of();
        });
        var outcome = CompletableFuture.supplyAsync(() -> workers.execute(workers.run(workers.assignment("work"))));
        await().until(() -> handler.info("active").running() == 1);

        assertThat(handler.runs.drain(Duration.ofMillis(10), Duration.ofSeconds(20)))
                .isZero();
        assertThat(outcome.get().toString()).contains("its handler left or the host stopped");
    }

    @Test
    void aDrainTellsHowManyDidNotEnd() throws Exception {
        CountDownLatch exit = new CountDownLatch(1);
        Handler handler = workers.handle("work", context -> {
            while (exit.getCount() > 0) {
                try {
                    exit.await();
                } catch (InterruptedException e) {
                    assertThat(context.cancelled()).isTrue();
                }
            }
            return Map.of();
        });
        var outcome = CompletableFuture.supplyAsync(() -> workers.execute(workers.run(workers.assignment("work"))));
        await().until(() -> handler.info("active").running() == 1);

        assertThat(handler.runs.drain(Duration.ZERO, Duration.ofMillis(20))).isEqualTo(1);
        exit.countDown();
        outcome.get();
        assertThat(handler.runs.drain(Duration.ZERO, Duration.ZERO)).isZero();
    }

    @Test
    void aRunThatComesToALeavingHandlerGoesBack() throws Exception {
        Handler handler = workers.handle("work", context -> Map.of());
        handler.runs.drain(Duration.ZERO, Duration.ZERO);
        assertThat(workers.execute(workers.run(workers.assignment("work"))).toString())
                .contains("its handler left before it began");
    }

    /** As after a restart, where the handlers come in another order. */
    @Test
    void ofTwoOfOneVersionTheOneDeployedFirstServesInWhicheverOrderTheyCome() {
        Handler second = deployed(2, "com.acme.a 1.0.0 22222222");
        Handler first = deployed(1, "com.acme.b 1.0.0 11111111");
        handlers.add(second);
        handlers.add(first);
        assertThat(handlers.find("work", (String) null)).contains(first);
        assertThat(handlers.infos())
                .extracting(HandlerInfo::bundle, HandlerInfo::state)
                .containsExactly(tuple(first.bundle, "active"), tuple(second.bundle, "duplicate"));
        assertThat(first.symbolicName()).isEqualTo("com.acme.b");
    }

    private static Handler deployed(int position, String bundle) {
        return new Handler(
                "work",
                Version.parseVersion("1.0.0"),
                bundle,
                position,
                position,
                context -> Map.of(),
                WorkerFixture.TERMS);
    }

    private static CompletableFuture<Integer> drain(Handler handler, Duration timeout) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return handler.runs.drain(timeout, Duration.ZERO);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Handler handler(String type, String version) {
        return new Handler(
                type, Version.parseVersion(version), "test 1.0.0", 1, context -> Map.of(), WorkerFixture.TERMS);
    }

    private Handler add(String type, String version) {
        Handler handler = handler(type, version);
        handlers.add(handler);
        return handler;
    }
}

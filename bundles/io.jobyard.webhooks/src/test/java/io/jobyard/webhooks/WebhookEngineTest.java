// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.Finding;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.schedules.FireAdmission;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WebhookEngineTest {

    private final WebhookFixture given = new WebhookFixture();

    @Test
    void whatHappensAfterItsBeginningIsToldOnceInAJobOfItsOwn() {
        JobId before = given.submit("work");
        given.webhook("shop", Map.of("max.retries", "3", "timeout.seconds", "7", "queue", "hooks"));
        assertThat(given.engine.turn()).isTrue();
        given.jobs.cancel(before);
        JobId open = given.submit("work");
        assertThat(given.engine.turn()).isTrue();
        assertThat(given.engine.turn()).isTrue();
        assertThat(given.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.submitter()).isEqualTo("io.jobyard.webhooks");
            assertThat(delivery.terms().identity().labels())
                    .isEqualTo(Map.of("webhook", "shop", "target", "https://example.com", "job", before.toString()));
            assertThat(delivery.terms().demand().limits()).containsExactly("webhooks");
            assertThat(delivery.terms().runs().maxRetries()).isEqualTo(3);
            assertThat(delivery.terms().runs().timeout()).as("with time to end").hasSeconds(12);
            assertThat(delivery.terms().routing().queue()).isEqualTo("hooks");
            assertThat(payload(delivery))
                    .contains("\"url\":\"https://example.com/hooks\"")
                    .contains("\"secret\":\"${secret:hook}\"")
                    .contains("\"readBody\":false")
                    .contains("\"timeoutSeconds\":7")
                    .contains("\"type\":\"job.cancelled\"")
                    .contains("\"id\":\"" + before + "\"")
                    .contains("\"submitter\":\"ann\"")
                    .containsPattern("\"idempotencyKey\":\"evt_[A-Za-z0-9_-]{22}\"");
        });
        given.jobs.cancel(open);
        given.engine.turn();
        assertThat(given.deliveries()).hasSize(2);
    }

    @Test
    void aWebhookIsToldOfTheStatesTypesAndSubmittersThatItNames() {
        given.webhook("all", Map.of("events", "queued, cancelled", "submitters", "a*"));
        given.webhook("other", Map.of("types", "other"));
        given.webhook("bob", Map.of("submitters", "bob"));
        given.engine.turn();
        given.jobs.cancel(given.submit("work"));
        given.jobs.cancel(given.submit("other"));
        given.engine.turn();
        assertThat(given.deliveries())
                .extracting(job -> job.terms().identity().labels().get("webhook"))
                .containsExactlyInAnyOrder("all", "all", "all", "all", "other");
    }

    @Test
    void aDeliveryNamesTheQueueAndAWebhookMayNameQueues() {
        given.store.ask(type -> type.equals("work") ? "llm" : "default");
        given.webhook("llm", Map.of("events", "queued", "queues", "ll*, urgent"));
        given.engine.turn();
        given.submit("work");
        given.submit("other");
        given.engine.turn();
        assertThat(given.deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(payload(delivery)).contains("\"queue\":\"llm\""));
    }

    @Test
    void whatBecomesOfDeliveriesIsToldToNobody() {
        given.webhook("all", Map.of("events", "queued, cancelled"));
        given.engine.turn();
        given.submit("work");
        given.engine.turn();
        given.jobs.cancel(given.deliveries().get(0).id());
        given.engine.turn();
        given.engine.turn();
        assertThat(given.deliveries()).hasSize(1);
    }

    @Test
    void itGoesOnWhereItWasWhateverEndsInBetween() {
        given.webhook("all", Map.of("events", "queued", "types", "work"));
        given.engine.turn();
        for (int n = 0; n < 3; n++) {
            given.submit("other"); // nothing to tell, so no place is stored
            given.engine.turn();
        }
        given.submit("work");
        given.another(given.scheduler.fires()).turn();
        given.another(given.scheduler.fires()).turn();
        given.engine.turn(); // knows an older place than is stored
        given.submit("work");
        given.engine.turn();
        assertThat(given.deliveries()).hasSize(2);
    }

    @Test
    void manyEventsAreToldPageByPage() {
        given.webhook("all", Map.of("events", "queued"));
        given.engine.turn();
        for (int n = 0; n < 2 * WebhookEngine.PAGE + 3; n++) {
            given.submit("work");
        }
        given.engine.turn();
        assertThat(given.deliveries())
                .hasSize(2 * WebhookEngine.PAGE + 3)
                .extracting(job -> job.terms().identity().labels().get("job"))
                .doesNotHaveDuplicates();
    }

    @Test
    void noMoreAreStoredAtOnceThanOneCallMaySubmit() {
        given.settings.update(Map.of("max.batch.jobs", "2", "max.batch.bytes", "20000"));
        given.engine = given.another(given.scheduler.fires()); // with the bounds of now
        given.webhook("all", Map.of("events", "queued"));
        given.engine.turn();
        for (int n = 0; n < 5; n++) {
            given.submit("work");
        }
        given.engine.turn();
        assertThat(given.engine.findings()).isEmpty();
        assertThat(given.deliveries()).hasSize(5);
    }

    @Test
    void aCommitThatFailsIsTriedAgainAndIsAFindingMeanwhile() {
        given.webhook("all", Map.of("events", "queued"));
        given.engine.turn();
        given.submit("work");
        FireAdmission broken = new BrokenAdmission(given.scheduler.fires());
        WebhookEngine failing = given.another(broken);
        assertThat(failing.turn()).isFalse();
        assertThat(failing.findings())
                .containsExactly(
                        new Finding("io.jobyard.webhooks-all", "not delivering: the disk is full", "make room"));
        assertThat(failing.turn()).isTrue();
        assertThat(failing.findings()).isEmpty();
        assertThat(given.deliveries()).hasSize(1);
    }

    @Test
    void oneThatMayNotSubmitSaysWhatIsMissing() {
        given.webhook("all", Map.of("events", "queued"));
        given.engine.turn();
        given.submit("work");
        given.access.allow(Permission.VIEW);
        assertThat(given.engine.turn()).isFalse();
        assertThat(given.engine.findings())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("bundle io.jobyard.webhooks may not submit jobs");
        given.access.allow(Permission.SUBMIT);
        given.engine.turn();
        assertThat(given.deliveries()).hasSize(1);
    }

    @Test
    void oneWhosePlaceIsNotKeptAnyMoreGoesOnWithWhatComes() {
        given.submit("work");
        given.webhook("all", Map.of("events", "queued"));
        given.engine.turn();
        given.submit("work");
        given.store.cut(java.time.Instant.MAX, 0).join();
        given.submit("work");
        given.store.cut(java.time.Instant.MAX, 0).join();
        assertThat(given.engine.turn()).isTrue();
        given.submit("work");
        given.engine.turn();
        assertThat(given.deliveries()).hasSize(1);
    }

    @Test
    void aReceiverThatIsGoneIsToldNothingUntilADeliveryArrives() {
        given.webhook("shop", Map.of("events", "queued", "types", "work"));
        given.engine.turn();
        given.submit("work");
        given.submit("work");
        given.engine.turn();
        Job first = given.deliveries().get(0);
        given.end(first, JobStatus.FAILED, "https://example.com answered with status 410: bye");
        given.submit("work");
        assertThat(given.engine.turn()).as("nothing to try again").isTrue();
        assertThat(given.deliveries()).hasSize(2);
        assertThat(given.deliveries().get(1).status())
                .as("one that waited is not sent")
                .isEqualTo(JobStatus.CANCELLED);
        assertThat(given.engine.findings())
                .containsExactly(new Finding(
                        "io.jobyard.webhooks-shop",
                        "disabled: https://example.com answered a delivery with status 410 (Gone)",
                        "change url or remove the file; if the receiver is available again, retry a failed delivery with the label"
                                + " webhook=shop: the first successful delivery enables the webhook"));

        WebhookEngine next = given.another(given.scheduler.fires());
        next.turn();
        assertThat(next.findings()).as("also for the next host").hasSize(1);
        assertThat(given.deliveries()).hasSize(2);

        given.end(given.deliveries().get(1), JobStatus.COMPLETED, "");
        next.turn();
        assertThat(next.findings()).isEmpty();
        assertThat(given.deliveries()).as("with what happened meanwhile").hasSize(3);
    }

    @Test
    void deliveriesThatWaitForAReceiverThatIsGoneAreNotSent() {
        given.webhook("shop", Map.of("events", "queued", "types", "work"));
        given.webhook("bank", Map.of("events", "queued", "types", "work", "url", "https://bank.example.com/hooks"));
        given.engine.turn();
        given.submit("work");
        given.submit("work");
        JobId own = given.jobs
                .submit(JobSpecification.type("work")
                        .payload(Map.of())
                        .label("webhook", "shop")
                        .label("target", "https://example.com")
                        .build())
                .id();
        given.engine.turn();
        List<Job> toShop = given.deliveries("shop");
        assertThat(toShop).hasSize(3);
        given.end(toShop.get(0), JobStatus.FAILED, "https://example.com answered with status 410: bye");
        given.engine.turn();

        for (Job delivery : toShop.subList(1, 3)) {
            List<HistoryEvent> history = given.store.history(delivery.id());
            HistoryEvent last = history.get(history.size() - 1);
            assertThat(last.to()).isEqualTo(JobStatus.CANCELLED);
            assertThat(last.who()).isEqualTo(WebhookEngine.SENDER.inHistory());
            assertThat(last.why())
                    .isEqualTo("not sent: webhook shop is disabled because delivery "
                            + toShop.get(0).id() + " failed: https://example.com answered with status 410: bye");
        }
        assertThat(given.deliveries("bank")).extracting(Job::status).containsOnly(JobStatus.QUEUED);
        assertThat(given.store.job(own).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void deliveriesThatAreRetriedByHandAreSentUntilTheNextAnswer410() {
        given.webhook("shop", Map.of("events", "queued", "types", "work"));
        given.engine.turn();
        given.submit("work");
        given.submit("work");
        given.engine.turn();
        List<Job> toShop = given.deliveries("shop");
        given.end(toShop.get(0), JobStatus.FAILED, "https://example.com answered with status 410");
        given.engine.turn();
        JobManager operator = given.scheduler.of(Caller.user("operator"));
        operator.retry(toShop.get(0).id());
        operator.retry(toShop.get(1).id());
        given.engine.turn();
        assertThat(given.deliveries("shop")).extracting(Job::status).containsOnly(JobStatus.QUEUED);

        given.end(toShop.get(0), JobStatus.FAILED, "https://example.com answered with status 410");
        given.engine.turn();
        assertThat(given.deliveries("shop"))
                .extracting(Job::status)
                .containsExactly(JobStatus.FAILED, JobStatus.CANCELLED);
    }

    @Test
    void anotherUrlIsAnotherReceiver() {
        given.webhook("shop", Map.of("events", "queued", "types", "work"));
        given.engine.turn();
        given.submit("work");
        given.submit("work");
        given.engine.turn();
        given.webhook("shop", Map.of("events", "queued", "types", "work", "url", "https://example.com/new"));
        given.end(given.deliveries().get(0), JobStatus.FAILED, "https://example.com answered with status 410");
        given.engine.turn();
        assertThat(given.engine.findings()).as("a delivery to the old one").isEmpty();

        given.webhook("shop", Map.of("events", "queued", "types", "work"));
        given.end(given.deliveries().get(1), JobStatus.FAILED, "https://example.com answered with status 410");
        given.engine.turn();
        assertThat(given.engine.findings()).hasSize(1);
        given.webhook("shop", Map.of("events", "queued", "types", "work", "url", "https://example.com/new"));
        given.engine.turn();
        assertThat(given.engine.findings()).isEmpty();
    }

    @Test
    void anotherFailureDisablesNothing() {
        given.webhook("shop", Map.of("events", "queued", "types", "work"));
        given.engine.turn();
        given.submit("work");
        given.engine.turn();
        given.end(
                given.deliveries().get(0),
                JobStatus.FAILED,
                "https://example.com answered with status 404: x answered with status 410");
        given.submit("work");
        given.engine.turn();
        assertThat(given.engine.findings()).isEmpty();
        assertThat(given.deliveries()).hasSize(2);
    }

    @Test
    void deliveriesToOneReceiverShareALimit() {
        given.webhook("a", Map.of("events", "queued", "url", "https://EXAMPLE.com/a"));
        given.webhook("b", Map.of("events", "queued", "url", "https://example.com/b", "queue", "mine"));
        given.webhook("c", Map.of("events", "queued", "url", "https://example.com:8443/c"));
        given.engine.turn();
        given.submit("work");
        given.engine.turn();
        assertThat(given.deliveries())
                .extracting(
                        job -> job.terms().identity().labels().get("target"),
                        job -> job.terms().routing().queue())
                .containsExactlyInAnyOrder(
                        tuple("https://example.com", "webhooks"),
                        tuple("https://example.com", "mine"),
                        tuple("https://example.com:8443", "webhooks"));
        assertThat(new WebhookLimits().definitions())
                .extracting(LimitDefinition::inOneLine)
                .containsExactly("running.max = 50%", "key = label.target, running.max = 4, running.max.failing = 1");
    }

    @Test
    void oneThatWasNeverRightTellsNothing() {
        given.webhooks.put("bad", WebhookSettings.SHUT);
        given.engine.turn();
        given.jobs.cancel(given.submit("work"));
        assertThat(given.engine.turn()).isTrue();
        assertThat(given.deliveries()).isEmpty();
    }

    private String payload(Job job) {
        return given.store.payload(job.id()).orElseThrow();
    }

    /** Fails once. */
    private static final class BrokenAdmission implements FireAdmission {

        private final FireAdmission to;
        private boolean failed;

        BrokenAdmission(FireAdmission to) {
            this.to = to;
        }

        @Override
        public CompletableFuture<Boolean> admit(
                Caller owner,
                List<io.jobyard.spi.schedules.FiredJob> jobs,
                java.util.function.Function<List<io.jobyard.spi.store.AdmittedJob>, CompletableFuture<Boolean>> store) {
            if (!failed) {
                failed = true;
                throw new StoreException("the disk is full; make room", null);
            }
            return to.admit(owner, jobs, store);
        }

        @Override
        public void check(Caller owner, List<io.jobyard.spi.schedules.FiredJob> jobs) {
            to.check(owner, jobs);
        }
    }
}

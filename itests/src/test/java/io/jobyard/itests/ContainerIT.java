// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobListener;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** The program's own bundles in one container, with this class as a client among them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ContainerIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Inject
    private BundleContext context;

    @Inject
    private JobManager jobs;

    @Inject
    private StatusReporter reporter;

    @Configuration
    public Option[] program() throws Exception {
        return Container.ofProgram();
    }

    @Test
    public void everyBundleIsActive() {
        assertThat(Stream.of(context.getBundles())
                        .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null))
                .allSatisfy(bundle ->
                        assertThat(bundle.getState()).as(bundle.toString()).isEqualTo(Bundle.ACTIVE));
    }

    @Test
    public void runsAJobFromSubmitToResult() throws Exception {
        JobId id = submit("echo", Map.of("greeting", "hello"));
        Job job = jobs.await(id, TIMEOUT);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.submitter()).contains("PAXEXAM");
        assertThat(reporter.result(id).result()).containsEntry("greeting", "hello");
    }

    @Test
    public void refusesWhatIsNoJob() {
        assertThatThrownBy(() -> jobs.submit(JobSpecification.type("echo").build()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("payload");
    }

    @Test
    public void runsAJobThatWaitedForItsHandlersBundle() throws Exception {
        JobId id = submit("word_count", Map.of("text", "one two three"));
        assertThat(jobs.await(id, Duration.ofMillis(300)).status()).isEqualTo(JobStatus.QUEUED);
        Path jar = Path.of(System.getProperty("handler.jar"));
        Bundle handler = context.installBundle(jar.toUri().toString());
        try {
            handler.start();
            assertThat(jobs.await(id, TIMEOUT).status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(reporter.result(id).result()).containsEntry("words", 3);
        } finally {
            handler.uninstall();
        }
    }

    private JobId submit(String type, Map<String, Object> payload) {
        return jobs.submit(JobSpecification.type(type).payload(payload).build()).id();
    }

    /** The first so many of one job: of the job before, the last may be told only now. */
    private static <T> List<T> take(BlockingQueue<T> queue, int count, Predicate<T> ofTheJob)
            throws InterruptedException {
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            T next = queue.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).as("after %s", taken).isNotNull();
            if (ofTheJob.test(next)) {
                taken.add(next);
            }
        }
        return taken;
    }

    @Test
    public void aListenerHearsTheWayOfAJobAndReadsItAgainFromItsCursor() throws Exception {
        BlockingQueue<JobEvent> heard = new LinkedBlockingQueue<>();
        ServiceRegistration<JobListener> registration = context.registerService(JobListener.class, heard::add, null);
        try {
            JobId id = submit("echo", Map.of("n", 1));
            assertThat(jobs.await(id, TIMEOUT).status()).isEqualTo(JobStatus.COMPLETED);
            List<JobEvent> way = take(heard, 3, event -> event.job().equals(id));
            assertThat(way)
                    .extracting(event -> event.change().to())
                    .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.COMPLETED);
            EventCursor first = way.get(0).cursor();
            assertThat(reporter.events(first, 2)).isEqualTo(way.subList(1, 3));
        } finally {
            registration.unregister();
        }
    }

    @Test
    public void eventAdminTellsEachStatusOfAJob() throws Exception {
        BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
        Dictionary<String, Object> topics = new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, "io/jobyard/job/*"));
        ServiceRegistration<EventHandler> registration =
                context.registerService(EventHandler.class, heard::add, topics);
        try {
            JobId id = submit("echo", Map.of("n", 1));
            assertThat(jobs.await(id, TIMEOUT).status()).isEqualTo(JobStatus.COMPLETED);
            List<Event> way = take(heard, 3, event -> id.toString().equals(event.getProperty("id")));
            assertThat(way)
                    .extracting(Event::getTopic)
                    .containsExactly("io/jobyard/job/QUEUED", "io/jobyard/job/RUNNING", "io/jobyard/job/COMPLETED");
            assertThat(way).extracting(event -> event.getProperty("type")).containsOnly("echo");
        } finally {
            registration.unregister();
        }
    }
}

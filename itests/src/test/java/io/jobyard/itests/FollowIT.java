// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobListener;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** How bundles in the host hear of its jobs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FollowIT {

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

    private JobId complete() throws InterruptedException {
        JobId id = jobs.submit(
                        JobSpecification.type("echo").payload(Map.of("n", 1)).build())
                .id();
        assertThat(jobs.await(id, TIMEOUT).status()).isEqualTo(JobStatus.COMPLETED);
        return id;
    }

    private static <T> List<T> take(BlockingQueue<T> queue, int count) throws InterruptedException {
        List<T> taken = new ArrayList<>();
        while (taken.size() < count) {
            T next = queue.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).as("after %s", taken).isNotNull();
            taken.add(next);
        }
        return taken;
    }

    @Test
    public void aListenerHearsTheWayOfAJobAndReadsItAgainFromItsCursor() throws Exception {
        BlockingQueue<JobEvent> heard = new LinkedBlockingQueue<>();
        ServiceRegistration<JobListener> registration = context.registerService(JobListener.class, heard::add, null);
        try {
            JobId id = complete();
            List<JobEvent> way = take(heard, 3);
            assertThat(way).allSatisfy(event -> assertThat(event.job()).isEqualTo(id));
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
            JobId id = complete();
            List<Event> way = take(heard, 3);
            assertThat(way)
                    .extracting(Event::getTopic)
                    .containsExactly("io/jobyard/job/QUEUED", "io/jobyard/job/RUNNING", "io/jobyard/job/COMPLETED");
            assertThat(way).extracting(event -> event.getProperty("id")).containsOnly(id.toString());
            assertThat(way).extracting(event -> event.getProperty("type")).containsOnly("echo");
        } finally {
            registration.unregister();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.ValidationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
}

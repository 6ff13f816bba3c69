package ${package};

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.options;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.testkit.container.JobyardContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;

/** Tests the built bundle together with the bundles of a Jobyard host. */
@RunWith(PaxExam.class)
public class ${handler}IT {

    @Inject
    private JobManager jobs;

    @Inject
    private StatusReporter reporter;

    @Configuration
    public Option[] host() throws IOException {
        Path built = Path.of(System.getProperty("bundle"));
        return options(
                JobyardContainer.of(Path.of(System.getProperty("program")), Path.of("target/instances")),
                bundle(built.toUri().toString()).startLevel(25));
    }

    @Test
    public void runsAJob() throws Exception {
        JobId id = jobs.submit(JobSpecification.type("${jobType}")
                        .payload(Map.of("text", "to be or not to be"))
                        .build())
                .id();

        assertEquals(JobStatus.COMPLETED, jobs.await(id, Duration.ofSeconds(60)).status());
        assertEquals(Map.of("words", 6), reporter.result(id).result());
    }
}

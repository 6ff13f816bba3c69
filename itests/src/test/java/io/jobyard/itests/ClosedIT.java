// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobListener;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StatusReporter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** With {@code bundles.default = none} a bundle that no role lists, as this test is, may do nothing, by whatever way. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ClosedIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Inject
    private BundleContext context;

    @Inject
    private JobManager jobs;

    @Inject
    private StatusReporter reporter;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private CommandProcessor shell;

    @Configuration
    public Option[] program() throws Exception {
        return Container.ofProgram();
    }

    @Before
    public void close() throws Exception {
        configure("none");
        Container.awaitThat(() -> !isOpen());
        assertThatThrownBy(this::submit).isInstanceOf(AccessException.class);
    }

    @After
    public void open() throws Exception {
        configure("all");
        Container.awaitThat(this::isOpen);
    }

    private void configure(String unlisted) throws Exception {
        Dictionary<String, Object> values = new Hashtable<>(Map.of("bundles.default", unlisted));
        configurations.getConfiguration("io.jobyard.access", "?").update(values);
    }

    /** Asked without a job, whose events might still be on their way when it is closed. */
    private boolean isOpen() {
        try {
            reporter.statistics();
            return true;
        } catch (AccessException e) {
            return false;
        }
    }

    private void submit() {
        jobs.submit(JobSpecification.type("echo").payload(Map.of()).build());
    }

    @Test
    public void theServicesOfTheHostItselfAreNotHandedOut() throws Exception {
        for (String service : List.of(
                "io.jobyard.spi.JobManagers",
                "io.jobyard.spi.StatusReporters",
                "io.jobyard.spi.store.JobStore",
                "io.jobyard.spi.reads.JobReads",
                "io.jobyard.spi.feed.FeedStore",
                "io.jobyard.spi.limits.LimitStore",
                "io.jobyard.spi.audit.AuditStore",
                "io.jobyard.spi.access.Access",
                "io.jobyard.spi.audit.AuditTrail",
                "io.jobyard.shell.RegisteredCommands",
                "io.jobyard.shell.ShellServices",
                "javax.sql.DataSource",
                "javax.persistence.EntityManagerFactory")) {
            assertThat(context.getAllServiceReferences(service, null))
                    .as(service)
                    .isNull();
        }
    }

    @Test
    public void noQuestionIsAnswered() {
        assertThatThrownBy(() -> reporter.find(JobQuery.all(1))).isInstanceOf(AccessException.class);
        assertThatThrownBy(() -> reporter.resolve("0")).isInstanceOf(AccessException.class);
        assertThatThrownBy(reporter::doctor).isInstanceOf(AccessException.class);
    }

    @Test
    public void aSessionThatABundleOpensIsNoAdministrators() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (CommandSession session = shell.createSession(new ByteArrayInputStream(new byte[0]), stream, stream)) {
            session.execute("job:list");
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("user nobody may not see");
    }

    @Test
    public void neitherListenersNorEventAdminTellAnything() throws Exception {
        BlockingQueue<JobEvent> heard = new LinkedBlockingQueue<>();
        BlockingQueue<Event> told = new LinkedBlockingQueue<>();
        Dictionary<String, Object> topics = new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, "io/jobyard/job/*"));
        ServiceRegistration<JobListener> listener = context.registerService(JobListener.class, heard::add, null);
        ServiceRegistration<EventHandler> handler = context.registerService(EventHandler.class, told::add, topics);
        try {
            open();
            submit();
            JobEvent first = heard.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            assertThat(first).as("the first submit, once it is open").isNotNull();
            Container.awaitThat(() -> !told.isEmpty());
            assertThat(first.change().from()).as("nothing was heard before").isNull();
            assertThat(told.peek().getProperty("id")).isEqualTo(first.job().toString());
        } finally {
            listener.unregister();
            handler.unregister();
        }
    }
}

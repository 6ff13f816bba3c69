// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * One stored job, and a trigger with the payload for each run of it, which is the cheapest that it has. It acquires as
 * many triggers at once as it has workers, and takes none for a misfire however long it waits.
 */
final class QuartzRival implements Rival {

    private static final String PAYLOAD = "payload";
    private static final JobDetail JOB =
            JobBuilder.newJob(Any.class).withIdentity("bench").storeDurably().build();

    private final DataSource database;
    private final Scheduler scheduler;

    QuartzRival(DataSource database, Consumer<String> handler) throws Exception {
        this.database = database;
        boolean postgres = Sql.product(database).equals("PostgreSQL");
        Sql.runScript(database, JobStoreTX.class, postgres ? "tables_postgres.sql" : "tables_derby.sql");
        DBConnectionManager.getInstance().addConnectionProvider("bench", new Connections(database));
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", String.valueOf(WORKERS));
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", String.valueOf(WORKERS));
        settings.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
        settings.setProperty("org.quartz.jobStore.dataSource", "bench");
        settings.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        settings.setProperty("org.quartz.jobStore.misfireThreshold", "86400000");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                (postgres ? PostgreSQLDelegate.class : StdJDBCDelegate.class).getName());
        scheduler = new StdSchedulerFactory(settings).getScheduler();
        scheduler.setJobFactory((bundle, any) ->
                context -> handler.accept(context.getMergedJobDataMap().getString(PAYLOAD)));
        scheduler.addJob(JOB, true);
    }

    /** Stands in the database for the job; what runs comes from the factory. */
    static final class Any implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            throw new JobExecutionException("not made by the factory");
        }
    }

    private record Connections(DataSource database) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }

    @Override
    public void submit(String payload) throws Exception {
        scheduler.scheduleJob(trigger(payload));
    }

    @Override
    public void submitAll(List<String> payloads) throws Exception {
        scheduler.scheduleJob(JOB, payloads.stream().map(QuartzRival::trigger).collect(Collectors.toSet()), true);
    }

    private static Trigger trigger(String payload) {
        return TriggerBuilder.newTrigger()
                .forJob(JOB)
                .withIdentity(UUID.randomUUID().toString())
                .usingJobData(PAYLOAD, payload)
                .startNow()
                .build();
    }

    @Override
    public void start() throws Exception {
        scheduler.start();
    }

    @Override
    public void pause() throws Exception {
        scheduler.standby();
    }

    @Override
    public void resume() throws Exception {
        scheduler.start();
    }

    /** It removes the trigger of what is done. */
    @Override
    public boolean completed(long count) throws Exception {
        return Sql.number(database, "SELECT COUNT(*) FROM qrtz_triggers") == 0
                && Sql.number(database, "SELECT COUNT(*) FROM qrtz_fired_triggers") == 0;
    }

    @Override
    public void close() throws IOException {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            throw new IOException(e);
        }
    }
}

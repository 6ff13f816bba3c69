// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client.sql;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.ValidationException;
import io.jobyard.client.SpecificationJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Submits jobs in the transaction of a connection. The host receives them only if the transaction commits.
 *
 * <pre>{@code
 * JobId id = JobSubmissions.in(connection).submit(JobSpecification.type("mail").payload(Map.of("to", "ann")).build());
 * }</pre>
 *
 * <p>A host checks each job after the commit. It stores refused jobs in the table {@code refused_submission}. For one
 * thread at a time, like the connection.
 */
public final class JobSubmissions {

    private static final String SCHEMA = "jobyard";

    private final Connection connection;
    private final String sql;

    private JobSubmissions(Connection connection, String schema) {
        this.connection = connection;
        sql = "SELECT \"" + schema.replace("\"", "\"\"") + "\".submit(?, CAST(? AS JSONB), CAST(? AS JSONB))";
    }

    /**
     * Creates submissions for the host with tables in the schema {@code jobyard}.
     *
     * @param connection a connection to the host's database; neither committed nor closed by this class
     * @return submissions in the connection's transaction
     */
    public static JobSubmissions in(Connection connection) {
        return in(connection, SCHEMA);
    }

    /**
     * Creates submissions for the host with tables in another schema.
     *
     * @param connection a connection to the host's database; neither committed nor closed by this class
     * @param schema the schema's name
     * @return submissions in the connection's transaction
     */
    public static JobSubmissions in(Connection connection, String schema) {
        return new JobSubmissions(connection, schema);
    }

    /**
     * Submits a job.
     *
     * @param specification the job; dependencies are ids, including those of earlier calls in the same transaction
     * @return the id of the future job, or of your unfinished job with the same key
     * @throws ValidationException if the specification has no payload, a payload that is not JSON, or names of other
     *     specifications
     * @throws SQLException if the database refuses the job; PostgreSQL then refuses further statements in the
     *     transaction
     */
    public JobId submit(JobSpecification specification) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            call.setString(1, specification.type());
            call.setString(2, SpecificationJson.payload(specification));
            call.setString(3, SpecificationJson.options(specification));
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return new JobId(row.getObject(1, UUID.class));
            }
        }
    }
}

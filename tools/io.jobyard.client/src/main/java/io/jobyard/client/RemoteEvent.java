// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One change of one job, among those of all.
 *
 * @param json all that the host says
 */
public record RemoteEvent(JsonNode json) {

    /**
     * Its place among all events.
     *
     * @return what to give {@link JobyardClient#events} to go on behind it
     */
    public String cursor() {
        return JsonFields.text(json, "cursor");
    }

    /**
     * Which job has changed.
     *
     * @return its id
     */
    public String job() {
        return JsonFields.text(json, "job");
    }

    /**
     * The job's type.
     *
     * @return the type
     */
    public String type() {
        return JsonFields.text(json, "type");
    }

    /**
     * Who asked for the job.
     *
     * @return a user or a bundle
     */
    public String submitter() {
        return JsonFields.text(json, "submitter");
    }

    /**
     * What has changed.
     *
     * @return the change
     */
    public RemoteChange change() {
        return new RemoteChange(json);
    }
}

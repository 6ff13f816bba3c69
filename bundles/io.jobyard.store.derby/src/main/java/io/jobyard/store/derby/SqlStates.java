// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** SQL states of an error and all its causes. Derby reports the actual error last. */
final class SqlStates {

    private SqlStates() {}

    static List<String> of(SQLException error) {
        List<String> states = new ArrayList<>();
        for (Throwable next : error) {
            if (next instanceof SQLException one && one.getSQLState() != null) {
                states.add(one.getSQLState());
            }
        }
        return states;
    }
}

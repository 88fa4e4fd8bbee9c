// What can be said of faces that are selected.

import { confirm, ignore, moveTo, reject, rename, split } from "../server/people.js";
import { askForPerson } from "./name-field.js";
import { say } from "../words.js";

/** For the faces of a person, whom `person()` tells as she is now, or for those of nobody. */
export const faceActions = ({ isUnknown = false, person = () => null } = {}) => ({ chosen, clear }) => {
    const doing = (act) => async () => { if (await act(chosen())) clear(); };
    return [
        {
            text: say(isUnknown ? "thisIs" : "move"), sign: "move", key: "M",
            act: doing(async (faces) => {
                const choice = await askForPerson({
                    title: say("moveTitle", { n: faces.length }), text: say("moveText"), action: say("move"),
                    except: person() ? [person().id] : [],
                });
                if (!choice) return null;
                if (choice.person) return moveTo(faces, choice.person);
                // All of her faces under a new name: that is her name.
                if (person()?.faces.length === faces.length) return rename(person(), choice.name);
                return split(faces, choice.name);
            }),
        },
        !isUnknown && { text: say("split"), sign: "split", key: "S",
            act: doing((faces) => split(faces)) },
        !isUnknown && { text: say("notHer"), sign: "notHer", key: "N", act: doing(reject) },
        !isUnknown && { text: say("confirm"), sign: "check", key: "C",
            act: doing(confirm) },
        { text: say("ignore"), sign: "eyeOff", key: "I", act: doing(ignore) },
    ].filter(Boolean);
};

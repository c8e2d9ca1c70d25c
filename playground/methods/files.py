"""Documents, pictures and downloads."""

import mimetypes

from playground.access import require
from playground.args import Args, Upload
from playground.entities.text import check_length, read_formatted
from playground.errors import bad_request
from playground.methods.messages import entity_views, send
from playground.pictures import size_of
from playground.state.files import StoredFile
from playground.telegram import Telegram
from playground.wire import Json

LONGEST_CAPTION = 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_DOCUMENT = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024


def send_document(telegram: Telegram, args: Args) -> Json:
    """Send a file, new or by its id; gives the Message."""
    file = _file(telegram, args, "document", LARGEST_DOCUMENT)
    content = {"document": file.document()} | caption_content(telegram, args)
    return send(telegram, args, content).data


def send_photo(telegram: Telegram, args: Args) -> Json:
    """Send a picture, new or by its id; gives the Message."""
    file = _file(telegram, args, "photo", LARGEST_PHOTO)
    content = {"photo": photo_sizes(file)} | caption_content(telegram, args)
    return send(telegram, args, content).data


def photo_sizes(file: StoredFile) -> list[Json]:
    """Give a picture's PhotoSize objects (one: nothing is scaled here).

    Raises:
        ApiError: 400, when the bytes are no picture.
    """
    size = size_of(file.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    view = file.view()
    del view["file_path"]
    return [view | {"width": size[0], "height": size[1]}]


def caption_content(telegram: Telegram, args: Args) -> Json:
    """Give a message's caption fields."""
    text, entities = read_formatted(args, "caption", "caption_entities")
    check_length(text, LONGEST_CAPTION, "message caption is too long")
    views = entity_views(telegram, entities)
    return ({"caption": text} if text else {}) | ({"caption_entities": views} if views else {})


def _file(telegram: Telegram, args: Args, kind: str, largest: int) -> StoredFile:
    """Find the file to send: uploaded under `kind` or attach://name, or an id known here."""
    value = args.text(kind)
    name = value.removeprefix("attach://") if value.startswith("attach://") else kind
    upload = args.uploads.get(name)
    if upload is not None:
        require(bool(upload.content), "file must be non-empty")
        if len(upload.content) > largest:
            raise bad_request("file is too big")
        return store(telegram, f"{kind}s", upload)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    known = telegram.files.by_id(value)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return known


def store(telegram: Telegram, folder: str, upload: Upload) -> StoredFile:
    """Keep an uploaded file under the last part of its name, which also tells its type."""
    name = upload.name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "") or "file"
    guessed = mimetypes.guess_type(name)[0]
    mime_type = guessed or upload.mime_type or "application/octet-stream"
    return telegram.files.add(folder, name, mime_type, upload.content)


def get_file(telegram: Telegram, args: Args) -> Json:
    """Give a File with the path it is downloaded under."""
    file_id = args.text("file_id")
    require(bool(file_id), "file_id not specified")
    file = telegram.files.by_id(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    require(len(file.content) <= LARGEST_DOWNLOAD, "file is too big")
    return file.view()


METHODS = {"sendDocument": send_document, "sendPhoto": send_photo, "getFile": get_file}

//! From a file of any kind to a map.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::kind::{Kind, is_map_server, other_json};
use super::other::{EMPTY, OTHER_YAML, Other, TEXT, YAML_ALONE};
use super::unpack::unpack;
use crate::formats::error::MapFileError;
use crate::formats::map_server::{MAX_IMAGE_BYTES, MapServerYaml};
use crate::formats::valetudo::{MAX_FILE_BYTES, read_valetudo};
use crate::home::RobotMap;

/// Reads a map of any kind that is one piece, from the bytes of a file or of a message: a Valetudo map as JSON,
/// packed, as text or in a PNG, or a PGM or PNG alone, with the metres of a pixel.
///
/// A picture alone is read as `map_server` reads one by its defaults: white is free, black occupied, the grey 205
/// unknown. The metres of a pixel are for a picture alone. The YAML file of a map for `map_server` is refused, as its
/// picture holds the map: see [`read_map_file`] and [`read_map_server`](crate::formats::read_map_server).
///
/// # Errors
/// [`MapFileError`] says what the bytes look like, what is wrong with them, and what would be right.
///
/// # Complexity
/// As the reader of the format, for the unpacked bytes: [`MAX_FILE_BYTES`] at most.
///
/// ```
/// use homeveil::formats::{MapFileError, read_map};
///
/// let picture = b"P2 3 1 255 0 254 205";
/// assert_eq!(read_map(picture, None).err(), Some(MapFileError::NoResolution));
/// assert_eq!(read_map(picture, Some(0.05))?.grid.width(), 2); // cropped to what is known
/// # Ok::<(), MapFileError>(())
/// ```
pub fn read_map(bytes: &[u8], picture_resolution_m: Option<f64>) -> Result<RobotMap, MapFileError> {
    let (content, kind) = unpack(bytes.into())?;
    match kind {
        Kind::Yaml => Err(YAML_ALONE.error()),
        kind => read_one(&content, &kind, picture_resolution_m),
    }
}

/// Reads a map of any kind from disk. See [`read_map`]; the YAML file of a map for `map_server` is read with the
/// picture that it names.
///
/// The picture is looked for where the YAML file says, then by its name next to the YAML file, as files move and paths
/// stay what they were. Only regular files are opened: the YAML file may name any path, and a pipe would block the
/// reader.
///
/// # Errors
/// [`MapFileError`] says what the file looks like, what is wrong with which file, and what would be right.
///
/// # Complexity
/// As [`read_map`], and the picture's file, of up to [`MAX_IMAGE_BYTES`], in memory.
///
/// ```no_run
/// use homeveil::formats::read_map_file;
/// use homeveil::home::Footprint;
/// let home = read_map_file("maps/home.yaml", None)?.into_builder(Footprint::disc_m(0.17)?).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_map_file(
    path: impl AsRef<Path>,
    picture_resolution_m: Option<f64>,
) -> Result<RobotMap, MapFileError> {
    let path = path.as_ref();
    let (content, kind) = unpack(read_file(path, "the file")?.into())?;
    let is_yaml = match kind {
        Kind::Yaml => true,
        // YAML may look like JSON, and what is wrong with a YAML file is for its reader to say.
        Kind::Json => is_named_yaml(path),
        Kind::Other(other) => is_named_yaml(path) && [EMPTY, TEXT].contains(&other),
        _ => false,
    };
    if !is_yaml {
        return read_one(&content, &kind, picture_resolution_m);
    }
    let yaml = MapServerYaml::parse(&content).map_err(|error| match error {
        MapFileError::YamlMissing { field: "image" } if !is_map_server(&content) => OTHER_YAML.error(),
        error => error,
    })?;
    if picture_resolution_m.is_some() {
        return Err(MapFileError::Resolution);
    }
    let picture = base_name(&yaml.image);
    let of_picture = |error| MapFileError::Picture { picture: picture.to_owned(), error: Box::new(error) };
    let image: Cow<[u8]> = find_picture(path.parent().unwrap_or(Path::new("")), &yaml.image)?.into();
    let image = if image.starts_with(b"\x1f\x8b") { unpack(image).map_err(of_picture)?.0 } else { image };
    yaml.read(&image).map_err(|error| of_picture(advice(error, &image)))
}

/// A map that is one piece, of unpacked bytes.
fn read_one(
    content: &[u8],
    kind: &Kind,
    picture_resolution_m: Option<f64>,
) -> Result<RobotMap, MapFileError> {
    match (kind, picture_resolution_m) {
        (Kind::Picture, Some(resolution_m)) => MapServerYaml::of_picture(resolution_m)?.read_alone(content),
        (Kind::Picture, None) => Err(MapFileError::NoResolution),
        (Kind::Other(other), _) => Err(other.error()),
        (_, resolution_m) => {
            let map = read_valetudo(content).map_err(|error| match error {
                MapFileError::JsonMissing { field: "metaData.version" }
                | MapFileError::JsonShape
                | MapFileError::Unversioned => other_json(content).map_or(error, Other::error),
                error => error,
            })?;
            if resolution_m.is_none() { Ok(map) } else { Err(MapFileError::Resolution) }
        }
    }
}

/// A picture that is neither PGM nor PNG, or damaged, is called by what it is, whatever its name says.
fn advice(error: MapFileError, image: &[u8]) -> MapFileError {
    match (error, Kind::of(image.get(..64).unwrap_or(image))) {
        (MapFileError::ImageFormat, Kind::Other(other)) => other.error(),
        (error, _) => error,
    }
}

/// Whether a file's name ends as that of a YAML file, packed or not.
fn is_named_yaml(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".yaml", ".yml"].iter().any(|end| name.ends_with(end))
}

/// The last part of a path of any system, or of a URL.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}

/// The bytes of the picture that a YAML file in this folder names.
fn find_picture(folder: &Path, image: &str) -> Result<Vec<u8>, MapFileError> {
    let picture = base_name(image);
    let as_named = folder.join(image);
    let near = folder.join(picture);
    // Where the YAML file was packed, the picture may have been as well, after the YAML file was written.
    let packed = |path: &Path| {
        let mut name = path.as_os_str().to_owned();
        name.push(".gz");
        PathBuf::from(name)
    };
    let places = [as_named.clone(), near.clone(), packed(&as_named), packed(&near)];
    let found = places.into_iter().find(|path| !picture.is_empty() && path.is_file());
    let path = found.unwrap_or(as_named);
    read_file(&path, &format!("the picture {picture}")).map_err(|error| match error {
        MapFileError::Unread { kind: ErrorKind::NotFound | ErrorKind::NotADirectory, .. } => {
            MapFileError::NoPicture { picture: picture.to_owned() }
        }
        MapFileError::TooLarge => {
            MapFileError::Picture { picture: picture.to_owned(), error: Box::new(MapFileError::TooLarge) }
        }
        error => error,
    })
}

/// The bytes of a regular file, called so in errors: a picture, or something smaller.
fn read_file(path: &Path, file: &str) -> Result<Vec<u8>, MapFileError> {
    let unread = |error: io::Error| MapFileError::Unread { file: file.to_owned(), kind: error.kind() };
    if !fs::metadata(path).map_err(unread)?.is_file() {
        return Err(MapFileError::NoFile { file: file.to_owned() });
    }
    let mut opened = File::open(path).map_err(unread)?;
    let mut bytes = Vec::new();
    for most in [MAX_FILE_BYTES, MAX_IMAGE_BYTES] {
        let left = (most + 1 - bytes.len()) as u64;
        opened.by_ref().take(left).read_to_end(&mut bytes).map_err(unread)?;
        if bytes.len() <= most {
            return Ok(bytes);
        }
        if Kind::of(bytes.get(..64).unwrap_or(&bytes)) != Kind::Picture {
            break;
        }
    }
    Err(MapFileError::TooLarge)
}
